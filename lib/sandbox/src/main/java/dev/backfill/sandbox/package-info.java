/** Starts what a script needs as throwaway servers, fills them as production is, and looks at what the script did. */
@NullMarked
package dev.backfill.sandbox;

import org.jspecify.annotations.NullMarked;
