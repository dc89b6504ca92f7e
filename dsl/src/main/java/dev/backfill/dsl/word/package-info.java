/** Which words there are: read from the annotations of their interfaces. */
@NullMarked
package dev.backfill.dsl.word;

import org.jspecify.annotations.NullMarked;
