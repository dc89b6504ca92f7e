package dev.backfill.dsl.function;

import dev.backfill.connector.Row;
import dev.backfill.plan.Action;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.TotalsFunction;
import groovy.lang.Closure;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function of a script. What a record's value is to blame for (no number, no time, a null, a failed assert) passes
 * as it is, so that the record becomes a dead letter; what only the script can be blamed for (a column, method or property
 * that is not there, a checked exception) becomes a {@link dev.backfill.plan.ScriptException} with the script's line.
 * Thread-safe as far as the script's own function is.
 */
public final class ScriptFunction implements RecordFunction, TotalsFunction, Action, CheckFunction {
    private final Closure<?> body;
    private final OptionalInt line;

    private ScriptFunction(Closure<?> body, OptionalInt line) {
        this.body = body;
        this.line = line;
    }

    /** A function that a script gives as a named argument. */
    public static ScriptFunction of(Closure<?> body) {
        return new ScriptFunction(body, OptionalInt.empty());
    }

    /** Called by the code that the checker makes of a script. */
    public static ScriptFunction of(Closure<?> body, int line) {
        return new ScriptFunction(body, OptionalInt.of(line));
    }

    @Override
    public Optional<String> place() {
        return line.isPresent() && body.getThisObject() instanceof Scripted script
                ? Optional.of(script.scriptSource().file().getFileName() + ":" + line.getAsInt())
                : Optional.empty();
    }

    @Override
    public @Nullable Object apply(Row row) {
        return PlainValues.of(call(row));
    }

    @Override
    public void run() {
        call();
    }

    @Override
    public @Nullable Object test() {
        return PlainValues.of(call());
    }

    private @Nullable Object call(Object... arguments) {
        try {
            return body.call(arguments);
        } catch (AssertionError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (Exception e) {
            throw sorted(e);
        }
    }

    private RuntimeException sorted(Exception thrown) {
        boolean ours = !(thrown instanceof RuntimeException) || RuntimeMistake.isProgramming(thrown);
        if (ours && body.getThisObject() instanceof Scripted script) {
            return script.scriptSource().explain(thrown);
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
