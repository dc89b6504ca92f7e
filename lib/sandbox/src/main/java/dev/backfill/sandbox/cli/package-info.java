/** The command {@code sandbox}. */
@NullMarked
package dev.backfill.sandbox.cli;

import org.jspecify.annotations.NullMarked;
