package dev.backfill.plan;

import dev.backfill.connector.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reports in a map what a phase or a step has done; a record's function that is given totals instead. */
@FunctionalInterface
public interface TotalsFunction {
    @Nullable
    Object apply(Row totals);

    /** The same with other fields before those that it gives; what is not a map stays as it is. */
    default TotalsFunction after(Function<Row, Map<String, @Nullable Object>> first) {
        return totals -> {
            Object given = apply(totals);
            if (!(given instanceof Map<?, ?> more)) {
                return given;
            }
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(first.apply(totals));
            more.forEach((name, value) -> fields.put(String.valueOf(name), value));
            return fields;
        };
    }
}
