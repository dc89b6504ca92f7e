package dev.backfill.cli;

/** How much is told, and in which form. */
record Output(boolean json, boolean quiet, boolean verbose) {}
