package dev.backfill.dsl.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads from a transform's text which keys its result has, where the text shows all of them. */
final class GivenKeys {
    private GivenKeys() {}

    static Optional<Map<String, Expression>> of(ClosureExpression function) {
        return function.getCode() instanceof BlockStatement block
                ? ofStatements(block.getStatements())
                : Optional.empty();
    }

    private static Optional<Map<String, Expression>> ofStatements(List<Statement> statements) {
        boolean plain = statements.stream()
                .limit(Math.max(0, statements.size() - 1L))
                .allMatch(ExpressionStatement.class::isInstance);
        if (statements.isEmpty() || !plain) {
            return Optional.empty();
        }
        Statement last = statements.get(statements.size() - 1);
        if (last instanceof ReturnStatement result) {
            return of(result.getExpression());
        }
        return last instanceof ExpressionStatement result ? of(result.getExpression()) : Optional.empty();
    }

    private static Optional<Map<String, Expression>> of(Expression result) {
        if (result instanceof MapExpression map) {
            return ofMap(map);
        } else if (result instanceof BinaryExpression sum
                && sum.getOperation().getText().equals("+")) {
            return of(sum.getLeftExpression())
                    .flatMap(left -> of(sum.getRightExpression()).map(right -> together(left, right)));
        } else if (result instanceof TernaryExpression choice) {
            return ofChoice(choice);
        }
        return result instanceof MethodCallExpression call ? ofList(call) : Optional.empty();
    }

    private static Optional<Map<String, Expression>> ofMap(MapExpression map) {
        Map<String, Expression> keys = new LinkedHashMap<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            if (!(entry.getKeyExpression() instanceof ConstantExpression key)) {
                return Optional.empty();
            }
            keys.put(key.getText(), key);
        }
        return Optional.of(keys);
    }

    /** One of two that is null gives no record at all. */
    private static Optional<Map<String, Expression>> ofChoice(TernaryExpression choice) {
        if (isNull(choice.getTrueExpression())) {
            return of(choice.getFalseExpression());
        }
        return isNull(choice.getFalseExpression()) ? of(choice.getTrueExpression()) : Optional.empty();
    }

    /** A list made by collect has records of its function. */
    private static Optional<Map<String, Expression>> ofList(MethodCallExpression call) {
        return "collect".equals(call.getMethodAsString())
                        && call.getArguments() instanceof TupleExpression arguments
                        && arguments.getExpressions().size() == 1
                        && arguments.getExpression(0) instanceof ClosureExpression each
                ? of(each)
                : Optional.empty();
    }

    private static Map<String, Expression> together(Map<String, Expression> left, Map<String, Expression> right) {
        Map<String, Expression> all = new LinkedHashMap<>(left);
        all.putAll(right);
        return all;
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof ConstantExpression constant && constant.isNullExpression();
    }
}
