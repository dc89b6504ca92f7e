package dev.backfill.connector;

/** Something that can say which one it is, whatever address leads to it: staging's table is not production's. */
public interface Identified {
    /** A text that stays the same for the same thing, and differs for its copies elsewhere; holds no secret. */
    String identity();
}
