/** The command line that every script gets. */
@NullMarked
package dev.backfill.cli;

import org.jspecify.annotations.NullMarked;
