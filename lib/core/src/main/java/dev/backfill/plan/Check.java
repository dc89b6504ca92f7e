package dev.backfill.plan;

/**
 * What must hold when a backfill is done, in the script's own terms.
 *
 * @param name what is checked, for messages
 * @param test gives true, null or an empty list if it holds; false, or the reasons, if it does not
 */
public record Check(String name, CheckFunction test) {}
