package dev.backfill.flow;

import dev.backfill.connector.Row;

/**
 * A record on its way.
 *
 * @param origin as the source gave it
 * @param value as the steps have made it so far
 */
public record RecordPair(Row origin, Row value) {
    public RecordPair with(Row changed) {
        return new RecordPair(origin, changed);
    }
}
