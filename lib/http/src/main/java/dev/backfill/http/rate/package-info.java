/** How fast calls may follow each other, alone or shared with others. */
@NullMarked
package dev.backfill.http.rate;

import org.jspecify.annotations.NullMarked;
