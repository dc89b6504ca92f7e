package dev.backfill.postgres.limit

import groovy.sql.Sql

/** When a server was called, and by whom; in microseconds of its own clock. */
class Calls {
    private final List<List<Long>> calls

    /** @param calls who and when */
    Calls(List<List<Long>> calls) {
        this.calls = calls.sort { it[1] }
    }

    /** Those that {@link BudgetProcess} made. */
    static Calls between(Sql server, long start, long end) {
        def rows = server.rows('select dense_rank() over (order by process) - 1 as who, at from calls where at >= ? and at < ?', start, end)
        new Calls(rows.collect { [it.who as long, it.at as long] })
    }

    int total() {
        calls.size()
    }

    int of(int who) {
        calls.count { it[0] == who } as int
    }

    /** The shortest time in which so many were made one after the other. */
    long leastTimeOf(int many) {
        spans(many).min()
    }

    /** Calls a second, without the first burst, which is given to everyone who begins. */
    double rate() {
        def spans = spans(61)
        60_000_000d * spans.size() / spans.sum()
    }

    private List<Long> spans(int many) {
        (many - 1..<calls.size()).collect { calls[it][1] - calls[it - many + 1][1] }
    }
}
