package dev.backfill.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One pass from a source to its sinks.
 *
 * @param name of a phase in a step: the step's, a dot, and its own
 * @param fingerprint changes with the phase's text and with that of the methods it may call; empty if it is not known
 * @param wanted false if the script leaves it out this time
 * @param cursorField the field of a documented checkpoint that shows the position
 * @param batch how many records go together; nothing: as the backfill says
 * @param throttle limits of this phase, in addition to the backfill's
 * @param steps what happens to each record between source and sinks, in this order
 * @param repeatUntilStable true if records are looked up and transformed again after they were written, until nothing differs
 * @param newRows what the script says of records that come while it runs
 * @param sinks where records go, each after the acknowledgement of the one before
 */
public record Phase(
        String name,
        String fingerprint,
        boolean wanted,
        SourceDefinition source,
        Optional<String> cursorField,
        OptionalInt batch,
        List<ThrottleRule> throttle,
        List<RecordStep> steps,
        boolean repeatUntilStable,
        Optional<NewRows> newRows,
        List<SinkStep> sinks) {
    public Phase {
        throttle = List.copyOf(throttle);
        steps = List.copyOf(steps);
        sinks = List.copyOf(sinks);
    }

    /** True if a person who names a phase, or the step that it belongs to, means this one. */
    public boolean called(String text) {
        return name.equals(text) || step().equals(Optional.of(text));
    }

    /** The step that it belongs to; the name of such a phase begins with it. */
    public Optional<String> step() {
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(name.substring(0, dot));
    }

    /** The same phase with the fingerprint of its text. */
    public Phase withFingerprint(String text) {
        return new Phase(
                name, text, wanted, source, cursorField, batch, throttle, steps, repeatUntilStable, newRows, sinks);
    }
}
