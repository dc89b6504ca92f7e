package dev.backfill.sandbox.plan;

/**
 * States what must hold when the script is done.
 *
 * @param offenders a query for the rows that break it
 */
public record Check(String sentence, String offenders) {}
