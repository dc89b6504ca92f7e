/** When the next batch may begin: throttles, requests of people, halts. */
@NullMarked
package dev.backfill.engine.pacing;

import org.jspecify.annotations.NullMarked;
