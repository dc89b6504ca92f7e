/** The words for FoundationDB, and what they describe. */
@NullMarked
package dev.backfill.foundationdb;

import org.jspecify.annotations.NullMarked;
