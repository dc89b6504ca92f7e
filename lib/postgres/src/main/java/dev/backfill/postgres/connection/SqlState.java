package dev.backfill.postgres.connection;

import dev.backfill.connector.Rejection;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/** The five characters by which PostgreSQL sorts errors (its manual, appendix A); empty if the driver gave none. */
record SqlState(String code, boolean line, String refusal) {
    /** The server's function that checks rows against policies: their refusal has the code of a missing privilege. */
    private static final String POLICY_CHECK = "ExecWithCheckOptions";
    /** The one that refuses to hide rows from a statement, with the same code. */
    private static final String HIDES = "check_enable_rls";

    /** Other sessions, a restart, a full table of connections: gone in a moment. */
    private static final Set<String> PASSING =
            Set.of("57014", "55P03", "55006", "25P03", "25P04", "XX000", "40001", "40P01", "40003");

    private static final Map<String, String> NEXT = Map.of(
            "28", "check user and password",
            "3D", "check the name of the database",
            "42501", "ask for this privilege for the user, or run as one who has it",
            "42P01", "check the name of the table and its schema",
            "42703", "check the names of the columns",
            "42", "check what the script names, and its conditions in SQL",
            "25006", "the server takes no writes: check that this is the primary, and that its disk is not full",
            "53300", "the run waits until others close theirs",
            "53100", "the server's disk is full: free space, then run again",
            "08P01", "the server or a pooler before it does not take this connection: check host, port and options");

    /** The deepest state given: a pool wraps what the driver threw. */
    static SqlState of(SQLException error) {
        String code = chain(error)
                .filter(SQLException.class::isInstance)
                .map(each -> ((SQLException) each).getSQLState())
                .flatMap(state -> Optional.ofNullable(state).stream())
                .reduce("", (first, second) -> second);
        boolean line = chain(error).anyMatch(each -> each instanceof IOException)
                || (code.isEmpty() && error instanceof SQLTransientConnectionException);
        return new SqlState(code, line, code.equals("42501") ? routine(error) : "");
    }

    /** Which function of the server has refused it; empty if none is reported. */
    private static String routine(SQLException error) {
        return chain(error)
                .filter(PSQLException.class::isInstance)
                .flatMap(each -> Optional.ofNullable(((PSQLException) each).getServerErrorMessage()).stream())
                .flatMap(message -> Optional.ofNullable(message.getRoutine()).stream())
                .findFirst()
                .orElse("");
    }

    private static Stream<Throwable> chain(Throwable error) {
        return Stream.iterate(error, each -> each != null, Throwable::getCause);
    }

    /** True if no answer of the server came. */
    boolean lost() {
        return line || (in("08") && !code.equals("08P01")) || in("57P") || code.equals("40003");
    }

    boolean outOfTime() {
        return code.equals("57014") || code.equals("25P04");
    }

    /** True if the server has no connection left for this user. */
    boolean full() {
        return code.equals("53300");
    }

    /** True if another session held a lock for longer than a statement of ours waits. */
    boolean waitedForLock() {
        return code.equals("55P03");
    }

    /** True if the same may work in a while. */
    boolean passes() {
        return lost() || PASSING.contains(code) || (in("53") && !code.equals("53100"));
    }

    /** True if the server is no primary any more, or the transaction may only read. */
    boolean takesNoWrites() {
        return code.equals("25006");
    }

    /** True if values were refused: out of range, not a number, too large, a constraint, a policy, a trigger that raised. */
    boolean refusesValues() {
        return refusal.equals(POLICY_CHECK)
                || in("22")
                || in("23")
                || Set.of("44000", "P0001", "54000", "54001").contains(code);
    }

    /** True if a statement is refused for what it says. */
    boolean refusesText() {
        return (in("42") && !code.equals("42501")) || in("22");
    }

    /** In which way values were refused. */
    Rejection.Kind kind() {
        return switch (code) {
            case "23502", "22004" -> Rejection.Kind.MISSING_VALUE;
            case "23503" -> Rejection.Kind.MISSING_PARENT;
            case "23505", "23P01" -> Rejection.Kind.DUPLICATE;
            case "54000", "54001" -> Rejection.Kind.TOO_LARGE;
            default -> in("22") ? Rejection.Kind.UNFIT_VALUE : Rejection.Kind.RULE;
        };
    }

    /** The end of a message, with what to do; empty if there is nothing to say. */
    String nextStep() {
        if (refusal.equals(POLICY_CHECK)) {
            return "";
        }
        if (refusal.equals(HIDES)) {
            return "; its policies would hide rows without a word: run as a role with bypassrls, or let the script say"
                    + " acceptPolicies '…' with the reason, where it names the table";
        }
        return Stream.of(code, code.length() < 2 ? "" : code.substring(0, 2))
                .flatMap(key -> Optional.ofNullable(NEXT.get(key)).stream())
                .findFirst()
                .map(step -> "; " + step)
                .orElse("");
    }

    private boolean in(String group) {
        return code.startsWith(group);
    }

    @Override
    public String toString() {
        return code.isEmpty() ? "none" : code;
    }
}
