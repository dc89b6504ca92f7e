/** Clock, waits and the signal to stop: given from outside, so that specs need no real time. */
@NullMarked
package dev.backfill.time;

import org.jspecify.annotations.NullMarked;
