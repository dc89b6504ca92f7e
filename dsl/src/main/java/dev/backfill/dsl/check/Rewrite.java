package dev.backfill.dsl.check;

import dev.backfill.dsl.block.Block;
import dev.backfill.dsl.function.ScriptFunction;
import dev.backfill.dsl.mistake.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Makes the code that stands in a script once its words are resolved. */
final class Rewrite {
    private Rewrite() {}

    /** A call of the script's own method, whatever block it stands in. */
    static MethodCallExpression onScript(String name, Expression... arguments) {
        return call(VariableExpression.THIS_EXPRESSION, name, arguments);
    }

    /**
     * The script, for a call in a closure of its body. The cast is for speed: what is called on {@code this} there Groovy looks
     * up at every call, through all closures around.
     */
    static Expression script(ClassNode type) {
        return new CastExpression(type, VariableExpression.THIS_EXPRESSION);
    }

    static MethodCallExpression onClass(Class<?> type, String name, Expression... arguments) {
        return call(new ClassExpression(ClassHelper.make(type)), name, arguments);
    }

    static Expression classOf(Class<?> type) {
        return classOf(ClassHelper.make(type));
    }

    static Expression classOf(ClassNode type) {
        return new ClassExpression(type);
    }

    static Expression block(ClosureExpression body, String fingerprint) {
        return placed(onClass(Block.class, "of", body, new ConstantExpression(fingerprint)), body);
    }

    static Expression function(ClosureExpression body) {
        return placed(onClass(ScriptFunction.class, "of", body, new ConstantExpression(body.getLineNumber())), body);
    }

    /** The text of a variable, read as what is wanted of it. */
    static Expression read(Expression script, Argument text, Class<?> wanted) {
        MethodCallExpression call = call(
                script,
                "reading",
                new ConstantExpression(text.value().variable().orElseThrow()),
                text.expression(),
                classOf(Argument.boxed(wanted)));
        return placed(call, text.expression());
    }

    /** Makes of a call the argument of another, which is the script's own and takes its place. */
    static void asArgument(MethodCallExpression call, String name) {
        MethodCallExpression inner =
                new MethodCallExpression(call.getObjectExpression(), call.getMethod(), call.getArguments());
        inner.setImplicitThis(false);
        inner.setSourcePosition(call);
        call.setObjectExpression(VariableExpression.THIS_EXPRESSION);
        call.setMethod(new ConstantExpression(name));
        call.setArguments(new ArgumentListExpression(inner));
    }

    /** The arguments as a list that can be changed. */
    static List<Expression> arguments(MethodCallExpression call) {
        if (!(call.getArguments() instanceof TupleExpression)) {
            call.setArguments(new ArgumentListExpression(call.getArguments()));
        }
        return ((TupleExpression) call.getArguments()).getExpressions();
    }

    /** What a script with mistakes throws instead of all else. */
    static Expression mistakes(List<Mistake> found) {
        List<Expression> each = new ArrayList<>();
        found.forEach(one -> each.add(new ListExpression(
                Stream.<Object>of(one.file(), one.line(), one.column(), one.width(), one.message(), one.source())
                        .<Expression>map(ConstantExpression::new)
                        .toList())));
        return onScript("mistakes", new ListExpression(each));
    }

    private static MethodCallExpression call(Expression on, String name, Expression... arguments) {
        MethodCallExpression call = new MethodCallExpression(on, name, new ArgumentListExpression(arguments));
        call.setImplicitThis(false);
        return call;
    }

    /** Exceptions then name the line of the script. */
    private static Expression placed(Expression made, Expression original) {
        made.setSourcePosition(original);
        return made;
    }
}
