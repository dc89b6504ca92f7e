/** What every client of a service that speaks HTTP needs next to the platform's own. */
@NullMarked
package dev.backfill.remote;

import org.jspecify.annotations.NullMarked;
