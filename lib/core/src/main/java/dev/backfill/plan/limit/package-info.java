/** What limits of a script are made of: what is counted, measured and reserved, and in which hours. */
@NullMarked
package dev.backfill.plan.limit;

import org.jspecify.annotations.NullMarked;
