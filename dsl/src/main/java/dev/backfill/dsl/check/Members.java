package dev.backfill.dsl.check;

import dev.backfill.connector.Row;
import dev.backfill.plan.SqlDatabase;
import dev.backfill.words.Nearest;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Checks what is asked of values after a dot or in brackets: columns of records, and figures that values say. */
final class Members {
    private static final String SQL = "sql";

    private final Checker checker;

    Members(Checker checker) {
        this.checker = checker;
    }

    void property(PropertyExpression property) {
        property.getObjectExpression().visit(checker.walk());
        Value on = checker.value(property.getObjectExpression());
        String name = property.getPropertyAsString();
        if (name == null) {
            property.getProperty().visit(checker.walk());
        } else if (property.isSpreadSafe()) {
            return;
        } else if (on.type() == Row.class) {
            column(property, property.getProperty(), name, on);
        } else if (name.equals(SQL) && mayBeDatabase(property.getObjectExpression(), on)) {
            sql(property, on);
        } else if (on.hasWords()) {
            figure(property, name, on);
        }
    }

    /** A column in brackets, or one that is assigned. */
    void binary(BinaryExpression binary) {
        String operation = binary.getOperation().getText();
        Value left = checker.value(binary.getLeftExpression());
        if (operation.equals("[")
                && left.type() == Row.class
                && binary.getRightExpression() instanceof ConstantExpression name
                && name.getValue() instanceof String text) {
            column(binary, name, text, left);
        } else if (operation.equals("=")
                && binary.getLeftExpression() instanceof PropertyExpression changed
                && checker.value(changed.getObjectExpression()).type() == Row.class) {
            checker.findings()
                    .add(
                            changed.getProperty(),
                            changed.getProperty().getText(),
                            "a record cannot be changed; give a new map: [id: …, "
                                    + changed.getProperty().getText() + ": …]");
        }
    }

    private void column(Expression whole, Expression place, String name, Value record) {
        record.columns().ifPresent(columns -> {
            Value known = columns.get(name);
            if (known != null) {
                checker.know(whole, known);
                return;
            }
            String message = "the record has no column '" + name + "'" + Nearest.hint(name, columns.keySet())
                    + Phrases.columns(columns.keySet());
            if (place == whole || whole instanceof PropertyExpression) {
                checker.findings().add(place, name, message);
            } else {
                checker.findings().addQuoted(place, name, message);
            }
        });
    }

    /** The first part of a class with its package, as in java.sql.Timestamp, is none. */
    private boolean mayBeDatabase(Expression object, Value on) {
        Expression first = object;
        while (first instanceof PropertyExpression longer) {
            first = longer.getObjectExpression();
        }
        boolean declared = !(first instanceof VariableExpression name)
                || checker.scope().find(name.getName()).isPresent();
        return SqlDatabase.class.isAssignableFrom(on.type()) || (on.isUnknown() && declared);
    }

    private void sql(PropertyExpression property, Value on) {
        if (checker.scope().inFunction()) {
            property.setObjectExpression(Rewrite.onScript("asking", property.getObjectExpression()));
        } else if (!on.isUnknown()) {
            checker.findings().add(property.getProperty(), SQL, "'sql' runs only inside beforeRun { } or a function");
        }
    }

    private void figure(PropertyExpression property, String name, Value on) {
        Map<String, Class<?>> figures = new TreeMap<>();
        Arrays.stream(on.type().getMethods())
                .filter(method -> method.getName().startsWith("get")
                        && method.getName().length() > 3
                        && method.getParameterCount() == 0
                        && method.getDeclaringClass() != Object.class)
                .forEach((Method method) ->
                        figures.put(Introspector.decapitalize(method.getName().substring(3)), method.getReturnType()));
        if (figures.containsKey(name)) {
            checker.know(property, Value.of(figures.get(name)));
        } else {
            String noun = Phrases.withArticle(on.vocabulary().noun());
            String hint = on.vocabulary().has(name)
                    ? "; it is a word, and needs a value" + Phrases.example(on.vocabulary(), name)
                    : Nearest.hint(name, figures.keySet());
            checker.findings().add(property.getProperty(), name, noun + " has no '" + name + "'" + hint);
        }
    }
}
