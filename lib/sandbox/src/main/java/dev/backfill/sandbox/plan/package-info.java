/** What a sandbox holds, as it was declared. */
@NullMarked
package dev.backfill.sandbox.plan;

import org.jspecify.annotations.NullMarked;
