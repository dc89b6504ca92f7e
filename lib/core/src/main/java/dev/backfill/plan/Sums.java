package dev.backfill.plan;

/**
 * Sums of a phase's records that its target must hold, group by group.
 *
 * @param phase whose records are summed up, but for dead letters
 * @param by the field of a record, and of a held row, that says its group
 * @param each what a record adds, by the names of the sums: numbers are added up, of other values the different ones are
 *     counted; nothing if the record does not count
 * @param actual gives a row for each group, with its sums by their names
 */
public record Sums(String phase, String by, RecordFunction each, CheckFunction actual) {}
