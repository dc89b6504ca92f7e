package dev.backfill.postgres.catalog;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type of a column. A domain is what its base type is: an explicit cast to a domain of limited length cuts off silently,
 * while storing a value of the base type in the column is refused.
 *
 * @param declared as the column declares it, for messages: a domain's own name, "numeric(10,2)"
 * @param name as a cast names it, without a size: "character varying"
 * @param sized with its size, if it has one: "numeric(10,2)"
 * @param length the most characters that a text may have
 * @param delimiter what separates values of this type in an array
 * @param element the type of an array's elements
 */
public record ColumnType(
        String declared,
        String name,
        String sized,
        Kind kind,
        OptionalInt length,
        char delimiter,
        Optional<ColumnType> element) {
    /** An expression, cast to this type as it is compared: it keeps all that was given. */
    public String cast(String expression) {
        return cast(expression, name);
    }

    /** An expression, cast so that it is what the column will hold, and never silently cut off. */
    public String castAsStored(String expression) {
        return cast(expression, fitsBySize() ? sized : name);
    }

    /** A column's expression as a column of this type would store it; nothing if the server converts that one otherwise than a run. */
    public Optional<String> stored(String column, ColumnType original) {
        if (name.equals(original.name)) {
            return Optional.of("cast(" + column + " as " + (fitsBySize() ? sized : name) + ")");
        }
        return kind == Kind.TEXT && original.kind == Kind.TEXT
                ? Optional.of("cast(" + column + " as " + name + ")")
                : Optional.empty();
    }

    private String cast(String expression, String type) {
        return "cast(" + readable(expression) + " as " + type + ")";
    }

    private String readable(String expression) {
        if (isMoney()) {
            return "cast(" + expression + " as " + number() + ")";
        }
        // Its own cast from text knows neither "-" nor the number of a table that was dropped.
        return name.equals("regclass") ? "pg_catalog.regclassin(cast(" + expression + " as cstring))" : expression;
    }

    /** A column's expression as its values are read. */
    public String read(String column) {
        return isMoney() ? "cast(" + column + " as " + number() + ")" : column;
    }

    /** A column's expression as one of the type that {@link #cast} gives. */
    public String base(String column) {
        return declared.equals(sized) ? column : "cast(" + column + " as " + name + ")";
    }

    private boolean isMoney() {
        return element.orElse(this).kind() == Kind.MONEY;
    }

    private String number() {
        return element.isPresent() ? "numeric[]" : "numeric";
    }

    /** The server itself checks the length of texts in an array, but only where they are stored. */
    private boolean fitsBySize() {
        return element.map(each -> each.kind().fitsBySize() && each.kind() != Kind.CHAR)
                .orElse(kind.fitsBySize());
    }

    /** True if each value is written here as one text and no other, once a number's zeros at the end are dropped. */
    boolean hasOneText() {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, BOOLEAN, UUID, TEXT -> true;
            case NUMERIC -> sized.equals(name);
            default -> false;
        };
    }

    @Override
    public String toString() {
        return declared;
    }
}
