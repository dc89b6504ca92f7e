package dev.backfill.connector;

/**
 * Something that a source came upon where a record should be, and could not make one of; it becomes a dead letter.
 *
 * @param key identifies it in its source
 * @param payload what is there, as JSON
 * @param reason why it is no record
 */
public record MalformedRecord(String key, String payload, String reason) {}
