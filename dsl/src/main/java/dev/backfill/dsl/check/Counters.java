package dev.backfill.dsl.check;

import dev.backfill.words.Nearest;
import dev.backfill.words.RenamedWords;
import dev.backfill.words.RenamedWords.Renamed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;

/** Holds the counters that a checkpoint names against the counts that the script makes. */
final class Counters {
    private static final Set<String> NAMING = Set.of("countAs", "countMissingAs");

    private final Map<Expression, String> named = new LinkedHashMap<>();
    private final Set<String> counted = new TreeSet<>();
    private boolean complete = true;

    /** Takes account of one word of a block. */
    void follow(String word, List<Argument> arguments) {
        switch (word) {
            case "counters" -> arguments.forEach(argument -> name(argument.expression()));
            case "count" -> count(arguments.get(0).expression());
            case "sink" -> countNamed(arguments.get(0).expression());
            default -> {}
        }
    }

    void finish(Findings findings) {
        if (complete) {
            named.forEach((place, name) -> {
                if (!counted.contains(name)) {
                    findings.addQuoted(place, name, "nothing is counted as '" + name + "'" + told(name));
                }
            });
        }
    }

    private String told(String name) {
        return Nearest.to(name, counted)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("; name it at a sink: sink …, countAs: '" + name + "'");
    }

    private void name(Expression place) {
        if (place instanceof ConstantExpression name) {
            named.put(place, name.getText());
        }
    }

    private void count(Expression name) {
        if (name instanceof ConstantExpression) {
            counted.add(name.getText());
        } else {
            complete = false;
        }
    }

    private static boolean names(String argument) {
        String now = RenamedWords.argument("sink", argument).map(Renamed::now).orElse(argument);
        return NAMING.contains(now.replace(":", ""));
    }

    private void countNamed(Expression first) {
        if (first instanceof MapExpression named) {
            named.getMapEntryExpressions().stream()
                    .filter(entry -> names(entry.getKeyExpression().getText()))
                    .map(MapEntryExpression::getValueExpression)
                    .forEach(this::count);
        }
    }
}
