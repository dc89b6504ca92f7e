package dev.backfill.connector;

/** Marks a source whose rows a sink of the same connector can compare inside the server. */
public interface SameServerRows {}
