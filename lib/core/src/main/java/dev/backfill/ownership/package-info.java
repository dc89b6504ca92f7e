/** Who may work on a backfill: leases, heartbeats, and what becomes of the silent. */
@NullMarked
package dev.backfill.ownership;

import org.jspecify.annotations.NullMarked;
