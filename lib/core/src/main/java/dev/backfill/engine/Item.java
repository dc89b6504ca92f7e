package dev.backfill.engine;

import dev.backfill.connector.Row;

/**
 * A record on its way.
 *
 * @param origin as the source gave it
 * @param value as the steps have made it so far
 */
record Item(Row origin, Row value) {
    Item with(Row changed) {
        return new Item(origin, changed);
    }
}
