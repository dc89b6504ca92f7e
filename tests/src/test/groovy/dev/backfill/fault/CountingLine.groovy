package dev.backfill.fault

import groovy.transform.CompileStatic

import java.util.concurrent.atomic.AtomicLong

/** Stands between clients and a PostgreSQL server, and counts the statements that they have it execute. */
@CompileStatic
class CountingLine extends MessageLine {
    private final AtomicLong statements = new AtomicLong()

    CountingLine(int target) { super(target) }

    /** How many since the last call. */
    long count() {
        statements.getAndSet(0)
    }

    @Override
    protected byte[] request(int type, byte[] body) {
        if (type == ('E' as char) || type == ('Q' as char)) {
            statements.incrementAndGet()
        }
        body
    }
}
