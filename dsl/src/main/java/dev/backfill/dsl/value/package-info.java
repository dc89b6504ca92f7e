/** What functions of a script do with single values. */
@NullMarked
package dev.backfill.dsl.value;

import org.jspecify.annotations.NullMarked;
