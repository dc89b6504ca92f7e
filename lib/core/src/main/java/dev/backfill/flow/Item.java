package dev.backfill.flow;

import dev.backfill.connector.Row;

/**
 * A record on its way.
 *
 * @param origin as the source gave it
 * @param value as the steps have made it so far
 */
public record Item(Row origin, Row value) {
    public Item with(Row changed) {
        return new Item(origin, changed);
    }
}
