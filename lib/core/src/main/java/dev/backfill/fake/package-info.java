/** Stand-ins for specs: a clock that waits for nobody, sources, sinks and a store in memory. They keep the contracts. */
@NullMarked
package dev.backfill.fake;

import org.jspecify.annotations.NullMarked;
