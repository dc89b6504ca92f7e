package dev.backfill.connector;

/**
 * Names a transaction that has not ended yet.
 *
 * @param id unique among those of its server
 * @param description who runs it and how old it is, for messages
 */
public record OpenTransaction(String id, String description) {}
