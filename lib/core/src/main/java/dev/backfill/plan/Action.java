package dev.backfill.plan;

/** Something a script does once, before anything is written. */
@FunctionalInterface
public interface Action {
    void run();
}
