package dev.backfill.dsl.block;

import dev.backfill.dsl.function.ScriptFunction;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.RecordFunction;
import groovy.lang.Closure;
import java.util.Map;
import java.util.Optional;

/** Reads what a script gives by name. {@link IllegalArgumentException} for a value of the wrong type. */
record NamedArguments(Map<String, Object> values) {
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            if (!(value instanceof CharSequence)) {
                throw new IllegalArgumentException("'" + name + ":' must be a text, but is " + value);
            }
            return value.toString();
        });
    }

    Optional<Number> number(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            if (!(value instanceof Number number)) {
                throw new IllegalArgumentException("'" + name + ":' must be a number, but is " + value);
            }
            return number;
        });
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("'" + name + ":' must be given"));
    }

    boolean truth(String name) {
        if (!(values.get(name) instanceof Boolean truth)) {
            throw new IllegalArgumentException("'" + name + ":' must be true or false, but is " + values.get(name));
        }
        return truth;
    }

    CheckFunction look(String name) {
        return function(name)
                .filter(CheckFunction.class::isInstance)
                .map(CheckFunction.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + ":' must be a function: { … }"));
    }

    Optional<RecordFunction> function(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof RecordFunction) {
            return Optional.ofNullable((RecordFunction) value);
        } else if (value instanceof Closure<?> closure) {
            return Optional.of(ScriptFunction.of(closure));
        }
        throw new IllegalArgumentException("'" + name + ":' must be a function: { r -> … }");
    }
}
