/** How often, and after which wait, a failed step is tried again. */
@NullMarked
package dev.backfill.retry;

import org.jspecify.annotations.NullMarked;
