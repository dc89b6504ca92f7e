package dev.backfill.run;

/** Hears of every change that a pass without writes would make. */
@FunctionalInterface
public interface ChangeListener {
    void wouldChange(Change change);
}
