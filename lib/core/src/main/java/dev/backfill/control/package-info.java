/** What people ask of a run while it is on, from wherever they reach its checkpoint, and what it lets them see. */
@NullMarked
package dev.backfill.control;

import org.jspecify.annotations.NullMarked;
