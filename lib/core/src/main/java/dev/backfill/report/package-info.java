/** Shows a person or a log what a run does. */
@NullMarked
package dev.backfill.report;

import org.jspecify.annotations.NullMarked;
