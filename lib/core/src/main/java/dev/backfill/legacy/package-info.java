/** Taking over what an earlier program has left in the checkpoint's place. */
@NullMarked
package dev.backfill.legacy;

import org.jspecify.annotations.NullMarked;
