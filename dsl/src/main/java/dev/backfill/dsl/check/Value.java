package dev.backfill.dsl.check;

import dev.backfill.connector.Row;
import dev.backfill.dsl.word.Vocabulary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.Expression;

/**
 * What is known of a value before the script runs.
 *
 * @param type Object if nothing is known
 * @param columns if it is records: what is known of each of their columns; nothing if the columns are not known
 * @param writes if it is a sink: the columns that it wants, each with the place that names it
 * @param variable if it is the text of a variable without a default, which may mean a number or a flag: its name
 */
record Value(
        Class<?> type,
        Optional<Map<String, Value>> columns,
        Map<String, Expression> writes,
        Optional<String> variable) {
    static final Value UNKNOWN = of(Object.class);

    Value {
        columns = columns.map(LinkedHashMap::new).map(Collections::unmodifiableMap);
        writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
    }

    Value(Class<?> type, Optional<Map<String, Value>> columns, Map<String, Expression> writes) {
        this(type, columns, writes, Optional.empty());
    }

    static Value of(Class<?> type) {
        return new Value(type, Optional.empty(), Map.of());
    }

    static Value ofVariable(String name) {
        return new Value(String.class, Optional.empty(), Map.of(), Optional.of(name));
    }

    static Value record(Optional<Map<String, Value>> columns) {
        return new Value(Row.class, columns, Map.of());
    }

    boolean isUnknown() {
        return type == Object.class;
    }

    /** True if what may be said to it is known: its words. */
    boolean hasWords() {
        return vocabulary().isKnown();
    }

    Vocabulary vocabulary() {
        return new Vocabulary(type);
    }
}
