/** Tables and their like that a script asks for. */
@NullMarked
package dev.backfill.postgres.schema;

import org.jspecify.annotations.NullMarked;
