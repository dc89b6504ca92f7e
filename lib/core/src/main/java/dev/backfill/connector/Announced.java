package dev.backfill.connector;

/** A sink whose records a pass without writes tells whole, as it cannot look at what its target holds. */
public interface Announced extends Sink {}
