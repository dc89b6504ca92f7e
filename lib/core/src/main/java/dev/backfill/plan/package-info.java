/** The immutable description of a backfill, as a script states it. Nothing here connects to anything. */
@NullMarked
package dev.backfill.plan;

import org.jspecify.annotations.NullMarked;
