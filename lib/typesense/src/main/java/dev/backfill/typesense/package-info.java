/** The words of a script for Typesense, and what they describe. */
@NullMarked
package dev.backfill.typesense;

import org.jspecify.annotations.NullMarked;
