/** What a connector implements: sources, sinks, lookups, and how they fail. */
@NullMarked
package dev.backfill.connector;

import org.jspecify.annotations.NullMarked;
