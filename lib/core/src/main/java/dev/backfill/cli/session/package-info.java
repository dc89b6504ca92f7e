/** What the commands of one start share. */
@NullMarked
package dev.backfill.cli.session;

import org.jspecify.annotations.NullMarked;
