package dev.backfill.time;

/** Something that is done again and again, until it is closed. */
@FunctionalInterface
public interface Ticks extends AutoCloseable {
    @Override
    void close();
}
