package dev.backfill.control;

import java.util.Optional;

/**
 * What people wish of a run, all that still holds. A pause and a cancel hold for later starts too, until they are lifted.
 *
 * @param number one higher with every wish; 0 if there never was one
 * @param tuned who changed the speed last
 */
public record Wishes(long number, Optional<Wish> pause, Optional<Wish> cancel, Tuning tuning, Optional<Wish> tuned) {
    public static Wishes none() {
        return new Wishes(0, Optional.empty(), Optional.empty(), Tuning.none(), Optional.empty());
    }

    public Wishes paused(Wish by) {
        return new Wishes(number, Optional.of(by), cancel, tuning, tuned);
    }

    public Wishes cancelled(Wish by) {
        return new Wishes(number, pause, Optional.of(by), tuning, tuned);
    }

    /** Without what keeps the run from working. */
    public Wishes resumed() {
        return new Wishes(number, Optional.empty(), Optional.empty(), tuning, tuned);
    }

    public Wishes tuned(Tuning changed, Wish by) {
        return new Wishes(number, pause, cancel, tuning.and(changed), Optional.of(by));
    }

    /** With the speed that the script says. */
    public Wishes untuned(Wish by) {
        return new Wishes(number, pause, cancel, Tuning.none(), Optional.of(by));
    }

    /** For a run that begins again: only a pause still holds. */
    public Wishes anew() {
        return new Wishes(number, pause, Optional.empty(), Tuning.none(), Optional.empty());
    }

    /** Without the cancel and the tuning that were there before; those that came since still hold. */
    public Wishes without(Wishes before) {
        boolean old = tuned.isPresent() && tuned.equals(before.tuned);
        return new Wishes(
                number,
                pause,
                cancel.equals(before.cancel) ? Optional.empty() : cancel,
                old ? Tuning.none() : tuning,
                old ? Optional.empty() : tuned);
    }

    Wishes numbered(long version) {
        return new Wishes(version, pause, cancel, tuning, tuned);
    }

    /** Why no work may begin, for people; nothing if it may. */
    public Optional<String> hindrance() {
        return cancel.map(wish -> "cancelled " + wish)
                .or(() -> pause.map(wish -> "paused " + wish))
                .map(text -> text + "; lift it with the command resume");
    }
}
