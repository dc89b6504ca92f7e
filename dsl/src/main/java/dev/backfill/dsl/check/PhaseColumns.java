package dev.backfill.dsl.check;

import dev.backfill.words.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;

/** Follows the columns of a phase's records from the source through lookups and the transform to the sinks. */
final class PhaseColumns {
    private Optional<Map<String, Value>> record = Optional.empty();
    private Optional<Map<String, Expression>> given = Optional.empty();
    private boolean transformed;
    private final Set<String> returned = new TreeSet<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Expression> clashes = new ArrayList<>();

    /** A column that a sink writes, and those that the sinks before it say. */
    private record Wanted(String column, Expression place, Set<String> told) {}

    /** What is known of the record at this point of the phase; nothing if it is not known. */
    Optional<Map<String, Value>> record() {
        return record;
    }

    /** Takes account of one word of the phase. */
    void follow(String word, List<Argument> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        Argument last = arguments.get(arguments.size() - 1);
        switch (word) {
            case "source" -> record = last.value().columns();
            case "lookup" -> join(arguments.get(1), last.value());
            case "transform" -> transform(last.expression());
            case "sink" -> sink(last.value());
            default -> {}
        }
    }

    /** Reports lookups whose name is already a column, and columns that a sink wants and no transform gives. */
    void finish(Findings findings) {
        clashes.forEach(name -> findings.addQuoted(
                name,
                name.getText(),
                "the record already has a column '" + name.getText() + "'; give the lookup another name"));
        Optional<Set<String>> known = transformed ? given.map(Map::keySet) : record.map(Map::keySet);
        known.ifPresent(columns -> wanted.stream()
                .filter(one -> !columns.contains(one.column) && !one.told.contains(one.column))
                .forEach(one -> report(one, columns, findings)));
    }

    private void join(Argument name, Value table) {
        String added = name.expression().getText();
        if (record.filter(columns -> columns.containsKey(added)).isPresent()) {
            clashes.add(name.expression());
        }
        record = record.map(columns -> {
            Map<String, Value> wider = new LinkedHashMap<>(columns);
            wider.put(added, Value.record(table.columns()));
            return wider;
        });
    }

    private void transform(Expression function) {
        transformed = true;
        given = function instanceof ClosureExpression closure ? GivenKeys.of(closure) : Optional.empty();
        record = given.map(keys -> keys.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), key -> Value.UNKNOWN, (a, b) -> a, LinkedHashMap::new)));
    }

    private void sink(Value sink) {
        Set<String> told = Set.copyOf(returned);
        sink.writes().forEach((column, place) -> wanted.add(new Wanted(column, place, told)));
        sink.columns().ifPresent(columns -> returned.addAll(columns.keySet()));
    }

    /** A key that no sink wants and that is nearly the column is what is misspelt. */
    private void report(Wanted want, Set<String> columns, Findings findings) {
        Set<String> spare = new TreeSet<>(columns);
        wanted.forEach(one -> spare.remove(one.column));
        Optional<String> meant = Nearest.to(want.column, spare);
        Optional<Expression> key = meant.flatMap(name -> given.map(keys -> keys.get(name)));
        if (key.isPresent()) {
            findings.add(
                    key.get(),
                    meant.orElseThrow(),
                    "no sink writes '" + meant.orElseThrow() + "', did you mean '" + want.column + "'?");
        } else {
            String giver = transformed ? "the transform does not give it" : "the source does not read it";
            findings.addQuoted(
                    want.place,
                    want.column,
                    "the sink writes '" + want.column + "', but " + giver + Nearest.hint(want.column, columns));
        }
    }
}
