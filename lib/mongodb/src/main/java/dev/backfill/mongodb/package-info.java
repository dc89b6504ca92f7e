/** Keeps checkpoints in MongoDB: one document each, moved by one-document compare-and-set alone. */
@NullMarked
package dev.backfill.mongodb;

import org.jspecify.annotations.NullMarked;
