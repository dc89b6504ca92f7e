package dev.backfill.matrix.world

import dev.backfill.fault.MessageLine
import groovy.transform.CompileStatic

import java.nio.charset.StandardCharsets

/** A line to a PostgreSQL server for runs whose clocks stand still meanwhile: what they let it wait seconds for takes a part of one. */
@CompileStatic
class ShortWaits extends MessageLine {
    /** In the same order as before: who wants a lock waits longer than a transaction may stand still. */
    private static final Map<String, String> WAITS = [
        "'lock_timeout', '2s'": "'lock_timeout', '60'",
        "'lock_timeout', '12s'": "'lock_timeout', '900'",
        "'idle_in_transaction_session_timeout', '10s'": "'idle_in_transaction_session_timeout', '400'",
    ]

    ShortWaits(int target) { super(target) }

    @Override
    protected byte[] request(int type, byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1)
        WAITS.inject(text) { String all, String seconds, String now -> all.replace(seconds, now) }.getBytes(StandardCharsets.ISO_8859_1)
    }
}
