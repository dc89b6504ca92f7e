package dev.backfill.dsl.check;

import dev.backfill.words.Joins;
import dev.backfill.words.Keys;
import dev.backfill.words.Reads;
import dev.backfill.words.Writes;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;

/** Gathers, argument by argument, what is known of the value that a word gives. */
final class Flow {
    private final Map<String, Value> columns = new LinkedHashMap<>();
    private final Map<String, Expression> writes;
    private boolean known;
    private boolean unclear;

    /** A chain continues from what is known so far. */
    Flow(Value on) {
        on.columns().ifPresent(columns::putAll);
        writes = new LinkedHashMap<>(on.writes());
        known = on.columns().isPresent();
    }

    void follow(Parameter parameter, Argument argument) {
        Expression given = argument.expression();
        if (parameter.isAnnotationPresent(Reads.class)) {
            read(given);
        }
        if (parameter.isAnnotationPresent(Joins.class)) {
            join(argument.value());
        }
        if (parameter.isAnnotationPresent(Writes.class) && given instanceof ConstantExpression name) {
            writes.put(name.getText(), name);
        }
        Keys keys = parameter.getAnnotation(Keys.class);
        if (keys != null && keys.fields() && given instanceof MapExpression map) {
            known = true;
            map.getMapEntryExpressions()
                    .forEach(entry -> columns.put(entry.getKeyExpression().getText(), Value.UNKNOWN));
        }
    }

    Value result(Signature signature, List<Argument> arguments) {
        Optional<Map<String, Value>> all = known && !unclear ? Optional.of(columns) : Optional.empty();
        return new Value(type(signature.method(), arguments), all, writes);
    }

    private void read(Expression given) {
        if (given instanceof ConstantExpression name) {
            columns.put(name.getText(), Value.UNKNOWN);
            known = true;
        } else {
            unclear = true;
        }
    }

    private void join(Value other) {
        other.columns().ifPresentOrElse(columns::putAll, () -> unclear = true);
        known |= other.columns().isPresent();
    }

    /** A word that gives what it was given, as env does its default, has that type. */
    private static Class<?> type(Method method, List<Argument> arguments) {
        if (method.getGenericReturnType() instanceof TypeVariable<?> same) {
            Type[] parameters = method.getGenericParameterTypes();
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i].equals(same)) {
                    return arguments.get(i).value().type();
                }
            }
        }
        return given(method);
    }

    /** The type of what a word gives, whatever it is given. */
    static Class<?> given(Method method) {
        Class<?> type = method.getReturnType();
        return type == void.class ? Object.class : Argument.boxed(type);
    }
}
