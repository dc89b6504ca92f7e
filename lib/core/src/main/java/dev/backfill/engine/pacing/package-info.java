/** When the next batch may begin: throttles, wishes of people, halts. */
@NullMarked
package dev.backfill.engine.pacing;

import org.jspecify.annotations.NullMarked;
