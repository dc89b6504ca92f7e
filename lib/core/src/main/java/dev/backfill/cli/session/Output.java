package dev.backfill.cli.session;

/**
 * Says how much is printed, and in which form.
 *
 * @param colour false if a person wants none
 */
public record Output(boolean json, boolean quiet, boolean verbose, boolean colour) {}
