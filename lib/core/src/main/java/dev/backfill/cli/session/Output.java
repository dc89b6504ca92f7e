package dev.backfill.cli.session;

/** How much is told, and in which form. */
public record Output(boolean json, boolean quiet, boolean verbose) {}
