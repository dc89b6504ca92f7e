/** How long to wait before the next batch. */
@NullMarked
package dev.backfill.throttle;

import org.jspecify.annotations.NullMarked;
