package dev.backfill.dsl.check;

import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.plan.Settings;
import java.util.Collection;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;

/** One argument of a call, and what is known of its value. */
record Argument(Expression expression, Value value) {
    boolean isNamed() {
        return expression instanceof MapExpression;
    }

    boolean isSpread() {
        return expression instanceof SpreadExpression;
    }

    boolean isText() {
        return !value.isUnknown() && CharSequence.class.isAssignableFrom(value.type());
    }

    /** True unless it is sure that a parameter of this type does not take it. */
    boolean fits(Class<?> parameter) {
        Class<?> wanted = boxed(parameter);
        if (expression instanceof ClosureExpression) {
            return isFunctional(wanted) || wanted == Object.class;
        } else if (value.isUnknown()) {
            return !(isFunctional(wanted) && expression instanceof ConstantExpression);
        }
        return wanted.isAssignableFrom(value.type()) || widens(wanted) || maybeOther() || isReadAs(parameter);
    }

    /** True for the text of a variable where a parameter takes no text, but what can be read from one. */
    boolean isReadAs(Class<?> parameter) {
        return value.variable().isPresent() && Settings.reads(boxed(parameter));
    }

    private boolean widens(Class<?> wanted) {
        Class<?> given = value.type();
        if (wanted == Long.class) {
            return given == Integer.class;
        }
        return (wanted == Double.class || wanted == java.math.BigDecimal.class) && Number.class.isAssignableFrom(given);
    }

    /** An interface without words may be implemented by a value that is also something else. */
    private boolean maybeOther() {
        Class<?> given = value.type();
        return given.isInterface()
                && !value.hasWords()
                && !Map.class.isAssignableFrom(given)
                && !Collection.class.isAssignableFrom(given);
    }

    static boolean isFunctional(Class<?> type) {
        return type.isInterface()
                && !new Vocabulary(type).isKnown()
                && !Map.class.isAssignableFrom(type)
                && !Collection.class.isAssignableFrom(type)
                && type != CharSequence.class
                && type != Comparable.class;
    }

    static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
