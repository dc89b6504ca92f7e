package dev.backfill.control;

import java.util.Optional;

/**
 * What people ask of a run, all that still holds. A pause and a cancel hold for later starts too, until they are lifted.
 *
 * @param number one higher with every request; 0 if there never was one
 * @param tuned who changed the speed last
 */
public record ControlState(
        long number,
        Optional<ControlRequest> pause,
        Optional<ControlRequest> cancel,
        Tuning tuning,
        Optional<ControlRequest> tuned) {
    public static ControlState none() {
        return new ControlState(0, Optional.empty(), Optional.empty(), Tuning.none(), Optional.empty());
    }

    public ControlState paused(ControlRequest by) {
        return new ControlState(number, Optional.of(by), cancel, tuning, tuned);
    }

    public ControlState cancelled(ControlRequest by) {
        return new ControlState(number, pause, Optional.of(by), tuning, tuned);
    }

    /** Without what keeps the run from working. */
    public ControlState resumed() {
        return new ControlState(number, Optional.empty(), Optional.empty(), tuning, tuned);
    }

    public ControlState tuned(Tuning changed, ControlRequest by) {
        return new ControlState(number, pause, cancel, tuning.and(changed), Optional.of(by));
    }

    /** With the speed that the script says. */
    public ControlState untuned(ControlRequest by) {
        return new ControlState(number, pause, cancel, Tuning.none(), Optional.of(by));
    }

    /** For a run that begins again: only a pause still holds. */
    public ControlState anew() {
        return new ControlState(number, pause, Optional.empty(), Tuning.none(), Optional.empty());
    }

    /** Without the cancel and the tuning that were there before; those that came since still hold. */
    public ControlState without(ControlState before) {
        boolean old = tuned.isPresent() && tuned.equals(before.tuned);
        return new ControlState(
                number,
                pause,
                cancel.equals(before.cancel) ? Optional.empty() : cancel,
                old ? Tuning.none() : tuning,
                old ? Optional.empty() : tuned);
    }

    ControlState numbered(long version) {
        return new ControlState(version, pause, cancel, tuning, tuned);
    }

    /** Why no work may begin, for people; nothing if it may. */
    public Optional<String> hindrance() {
        return cancel.map(request -> "cancelled " + request)
                .or(() -> pause.map(request -> "paused " + request))
                .map(text -> text + "; lift it with the command resume");
    }
}
