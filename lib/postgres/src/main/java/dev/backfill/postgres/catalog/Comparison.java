package dev.backfill.postgres.catalog;

import java.util.List;

/**
 * Says how an index compares the values of a column: by the operators of its operator class, each named with its schema, so
 * that the session's search path decides nothing.
 *
 * @param operators less, less or equal, equal, greater or equal, greater; empty for a type that cannot be ordered
 * @param collation of the index, as a statement names it; empty if it is that of the database, or none
 * @param nullsFirst true if nulls come first in ascending order
 * @param byText true if values are equal exactly if their texts are
 */
public record Comparison(List<String> operators, String collation, boolean nullsFirst, boolean byText) {
    /** For a type that the server cannot order: what an equals sign means is left to the server. */
    static final Comparison UNKNOWN = new Comparison(List.of(), "", false, false);

    public Comparison {
        operators = List.copyOf(operators);
    }

    /** A comparison of two values, in the order of an operator class. */
    public enum Operator {
        LESS(1),
        LESS_OR_EQUAL(2),
        EQUAL(3),
        GREATER_OR_EQUAL(4),
        GREATER(5);

        /** The server's number for it in a B-tree. */
        private final int strategy;

        Operator(int strategy) {
            this.strategy = strategy;
        }
    }

    /** The operator in a statement. */
    public String operator(Operator operator) {
        return operators.isEmpty() && operator == Operator.EQUAL ? "=" : operators.get(operator.strategy - 1);
    }

    /** True for two expressions if the index takes their values for the same. */
    public String same(String one, String other) {
        return one + collation + " " + operator(Operator.EQUAL) + " " + other;
    }

    /** The same, where null is a value like any other. */
    public String sameOrNull(String one, String other) {
        return "(" + same(one, other) + " or " + one + " is null and " + other + " is null)";
    }

    /** How an expression is sorted so that the rows come as the index has them. */
    String ascending(String expression) {
        return expression + (nullsFirst ? " nulls first" : "");
    }

    String descending(String expression) {
        return expression + " desc" + (nullsFirst ? " nulls last" : "");
    }

    /** How values are sorted, so that those which the index takes for the same are peers. */
    public String sorted(String expression) {
        return expression + collation + (operators.isEmpty() ? "" : " using " + operator(Operator.LESS));
    }
}
