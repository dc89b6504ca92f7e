package dev.backfill.plan;

import dev.backfill.connector.Row;
import org.jspecify.annotations.Nullable;

/** Reports in a map what a phase or a step has done; a record's function that is given totals instead. */
@FunctionalInterface
public interface TotalsFunction {
    @Nullable
    Object apply(Row totals);
}
