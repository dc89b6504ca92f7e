/** A look before a run at everything that it will use, which changes nothing. */
@NullMarked
package dev.backfill.inspection;

import org.jspecify.annotations.NullMarked;
