package dev.backfill.postgres.connection;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Sorts what PostgreSQL and its driver throw by what is to be done about it: by SQLSTATE, never by the words of a message. */
public final class PostgresFailures {
    private PostgresFailures() {}

    /**
     * A statement that changes rows has failed.
     *
     * @param doing for the message: "updating public.products"
     */
    public static Failure of(SQLException error, String doing) {
        return of(error, doing, List.of());
    }

    /**
     * The same for a statement that was given many records.
     *
     * @param suspects the places of those that are probably at fault if any is
     */
    public static Failure of(SQLException error, String doing, List<Integer> suspects) {
        SqlState state = SqlState.of(error);
        if (state.full()) {
            return new ThrottledFailure(message(error, doing, state), Optional.empty(), error);
        }
        if (state.waitedForLock()) {
            return TransientFailure.locked(message(error, doing, state), error);
        }
        if (state.passes() || state.takesNoWrites()) {
            return new TransientFailure(message(error, doing, state), error);
        }
        if (state.refusesValues()) {
            return new RejectedFailure(message(error, doing, state), state.kind(), suspects, error);
        }
        return new FatalFailure(message(error, doing, state), error);
    }

    /** The same for a statement that could as well be given fewer records. */
    public static Failure writing(SQLException error, String doing, List<Integer> suspects) {
        SqlState state = SqlState.of(error);
        return state.outOfTime()
                ? new OversizedFailure(message(error, doing, state), error)
                : of(error, doing, suspects);
    }

    /** A statement that changes nothing has failed: so no record that was sent can be at fault. */
    public static Failure reading(SQLException error, String doing) {
        Failure failure = of(error, doing);
        return failure instanceof RejectedFailure || SqlState.of(error).takesNoWrites()
                ? new FatalFailure(message(error, doing, SqlState.of(error)), error)
                : failure;
    }

    /** True if the server gave up on a statement that took too long, or that someone cancelled. */
    public static boolean outOfTime(Failure failure) {
        return failure.getCause() instanceof SQLException error
                && SqlState.of(error).outOfTime();
    }

    /**
     * A commit has failed: the answer of the server counts; if none came, nobody knows.
     *
     * @param limited true if it had to come before a deadline
     */
    static Failure committing(SQLException error, String doing, boolean limited) {
        SqlState state = SqlState.of(error);
        if (limited && (state.outOfTime() || tooLate(error))) {
            return new OversizedFailure(
                    doing
                            + ": it took longer than the lease of this run lasts, so nothing was changed; fewer"
                            + " records at once may be faster (" + told(error) + ")",
                    error);
        }
        if (!state.lost()) {
            return of(error, doing);
        }
        return new UnknownOutcome(
                doing + ": " + ServerMessage.of(error)
                        + "; it may have been committed or not: the checkpoint says which",
                error);
    }

    private static boolean tooLate(SQLException error) {
        return String.valueOf(error.getMessage()).contains(TimeLimit.TOO_LATE);
    }

    /** True if the server blames what a statement says, so that no other try can succeed: its syntax, a name, a literal. */
    public static boolean blames(SQLException error) {
        return SqlState.of(error).refusesText();
    }

    /** True if the server blames a value that was given, so that with other values the statement can succeed. */
    public static boolean blamesValues(SQLException error) {
        return SqlState.of(error).refusesValues();
    }

    /** The server's own words, in one line. */
    public static String told(SQLException error) {
        return ServerMessage.of(error) + " (SQLSTATE " + SqlState.of(error) + ")";
    }

    private static String message(SQLException error, String doing, SqlState state) {
        return doing + ": " + told(error) + state.nextStep();
    }
}
