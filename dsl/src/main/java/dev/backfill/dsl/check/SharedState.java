package dev.backfill.dsl.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/**
 * Reports functions that change what stands outside of them. Several threads call them, and a start that continues finds all as the
 * script states it, so that a sum kept there would be wrong.
 */
final class SharedState {
    /** Collections that several threads must not change; of any other class nothing is known. */
    private static final Map<String, Class<?>> COLLECTIONS = Map.of(
            "List", List.class,
            "ArrayList", List.class,
            "LinkedList", List.class,
            "Set", Set.class,
            "HashSet", Set.class,
            "LinkedHashSet", Set.class,
            "TreeSet", Set.class,
            "HashMap", Map.class,
            "LinkedHashMap", Map.class,
            "TreeMap", Map.class);

    private static final Set<String> CHANGING = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "push",
            "pop",
            "poll",
            "remove",
            "removeAll",
            "removeIf",
            "removeLast",
            "retainAll",
            "clear",
            "set",
            "putAt",
            "put",
            "putAll",
            "putIfAbsent",
            "merge",
            "compute",
            "computeIfAbsent",
            "computeIfPresent",
            "replaceAll");

    private final Checker checker;

    SharedState(Checker checker) {
        this.checker = checker;
    }

    /** What is known of a new object of this class; nothing unless it is a usual collection. */
    static Optional<Value> collection(ClassNode type) {
        return Optional.ofNullable(COLLECTIONS.get(type.getNameWithoutPackage()))
                .map(Value::of);
    }

    void binary(BinaryExpression binary) {
        String operation = binary.getOperation().getText();
        if (binary instanceof DeclarationExpression) {
            return;
        } else if (operation.equals("<<")) {
            inside(binary.getLeftExpression());
        } else if (operation.endsWith("=")
                && !Set.of("==", "!=", "<=", ">=", "===", "!==").contains(operation)) {
            changed(binary.getLeftExpression(), Set.of("+=", "-=").contains(operation));
        }
    }

    /** A variable that is given another value, or something in a collection. */
    void changed(Expression target, boolean counting) {
        if (target instanceof VariableExpression variable) {
            if (checker.scope().shares(variable.getName())) {
                report(variable, counting ? counter(variable.getName()) : carrier(variable.getName()));
            }
        } else if (target instanceof TupleExpression several) {
            several.getExpressions().forEach(each -> changed(each, false));
        } else {
            holder(target).ifPresent(this::inside);
        }
    }

    void call(MethodCallExpression call, String name) {
        if (CHANGING.contains(name)) {
            inside(call.getObjectExpression());
        }
    }

    private static Optional<Expression> holder(Expression target) {
        if (target instanceof PropertyExpression property) {
            return Optional.of(property.getObjectExpression());
        }
        return target instanceof BinaryExpression binary
                        && binary.getOperation().getText().equals("[")
                ? Optional.of(binary.getLeftExpression())
                : Optional.empty();
    }

    private void inside(Expression collection) {
        if (collection instanceof VariableExpression variable) {
            Class<?> type = checker.value(variable).type();
            boolean known = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
            if (known && checker.scope().shares(variable.getName())) {
                report(variable, carrier(variable.getName()));
            }
        } else {
            holder(collection).ifPresent(this::inside);
        }
    }

    private void report(VariableExpression variable, String instead) {
        String name = variable.getName();
        checker.findings()
                .add(
                        variable,
                        name,
                        "a function cannot change '" + name
                                + "', which is outside of it: several threads call it, and the next start"
                                + " does not know what it had; " + instead);
    }

    private String counter(String name) {
        return checker.scope().isNear("count") ? "to add up, write: count('" + name + "') { r -> 1 }" : carrier(name);
    }

    private static String carrier(String name) {
        return "make a variable inside the function, or give the value on in the record: [" + name + ": …]";
    }
}
