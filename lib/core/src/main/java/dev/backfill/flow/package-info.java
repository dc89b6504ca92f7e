/** What happens to the records of a batch between source and sinks, and in the sinks. */
@NullMarked
package dev.backfill.flow;

import org.jspecify.annotations.NullMarked;
