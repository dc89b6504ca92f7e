/** Options that several commands take. */
@NullMarked
package dev.backfill.cli.option;

import org.jspecify.annotations.NullMarked;
