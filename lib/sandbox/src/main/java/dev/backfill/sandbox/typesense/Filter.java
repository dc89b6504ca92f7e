package dev.backfill.sandbox.typesense;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads filter_by as far as the stand-in knows it: comparisons of numbers, and ids, joined by {@code &&}. */
final class Filter {
    private static final Pattern CLAUSE =
            Pattern.compile("\\s*([^:\\s]+)\\s*:\\s*(<=|>=|<|>|=|)\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Map<String, IntPredicate> COMPARATORS = Map.of(
            "<", order -> order < 0,
            "<=", order -> order <= 0,
            ">", order -> order > 0,
            ">=", order -> order >= 0,
            "=", order -> order == 0,
            "", order -> order == 0);

    private Filter() {}

    /** True for every document if the text is empty. */
    static Predicate<Map<String, Object>> parse(String text, Schema schema) {
        Predicate<Map<String, Object>> all = document -> true;
        if (!text.isBlank()) {
            for (String clause : Quoted.split(text, "&&")) {
                all = all.and(clause(clause, schema));
            }
        }
        return all;
    }

    /** The ids of which a document must have one; nothing if the text asks for none by id. */
    static Optional<Set<String>> ids(String text) {
        return text.isBlank()
                ? Optional.empty()
                : Quoted.split(text, "&&").stream()
                        .map(CLAUSE::matcher)
                        .filter(clause -> clause.matches() && clause.group(1).equals("id"))
                        .map(clause -> listed(clause.group(3)))
                        .findFirst();
    }

    private static Predicate<Map<String, Object>> clause(String text, Schema schema) {
        Matcher matcher = CLAUSE.matcher(text);
        if (!matcher.matches()) {
            throw new Refused(400, "Could not parse the filter query.");
        }
        String name = matcher.group(1);
        if (name.equals("id")) {
            Set<String> ids = listed(matcher.group(3));
            return document -> ids.contains(String.valueOf(document.get("id")));
        }
        checkNumeric(name, schema);
        return compare(name, matcher.group(2), matcher.group(3));
    }

    private static Set<String> listed(String operand) {
        boolean list = operand.startsWith("[") && operand.endsWith("]");
        List<String> ids = list ? Quoted.split(operand.substring(1, operand.length() - 1), ",") : List.of(operand);
        return ids.stream().map(Quoted::bare).collect(Collectors.toSet());
    }

    private static void checkNumeric(String name, Schema schema) {
        Field field = schema.field(name)
                .orElseThrow(
                        () -> new Refused(404, "Could not find a filter field named `" + name + "` in the schema."));
        if (!field.type().numeric()) {
            throw new Refused(400, "The stand-in filters by numbers and ids only, not by `" + name + "`.");
        }
    }

    private static Predicate<Map<String, Object>> compare(String name, String comparator, String operand) {
        try {
            BigDecimal right = new BigDecimal(operand);
            IntPredicate holds = COMPARATORS.getOrDefault(comparator, order -> order == 0);
            return document -> document.get(name) instanceof Number left
                    && holds.test(new BigDecimal(left.toString()).compareTo(right));
        } catch (NumberFormatException e) {
            throw new Refused(
                    400, "Error with filter field `" + name + "`: Numerical field has an invalid comparator.");
        }
    }
}
