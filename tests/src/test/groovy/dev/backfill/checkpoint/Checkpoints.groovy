package dev.backfill.checkpoint

import dev.backfill.connector.Cursor
import dev.backfill.connector.Rejection
import dev.backfill.connector.Split

import java.time.Instant

/** Runs, owners and dead letters to fill a store with, the odd ones above all. */
class Checkpoints {
    /** Texts that have broken a store, a query or a format before. */
    static final List<String> ODD_TEXTS = [
        '', ' ', "it's", 'say "yes"', 'a.b..c', '$set', '$', '{"$ref": 1}', '%d ? :name', '\\', '\\u0000', 'null',
        "line\nbreak\r\n\ttab \u0001\u001f\u007f", 'Åsa Ñandú ß', '商品-四', '\u202eabc\u202c', 'e\u0301', '🧵👗', '\uffff',
        ODD_LONG,
    ].asImmutable()

    /** 20,000 characters that do not compress, so that no index takes them. */
    private static String getODD_LONG() {
        def random = new Random(7)
        (1..20_000).collect { (char) (33 + random.nextInt(94)) }.join('')
    }

    static Owner owner(int number) {
        new Owner("host-$number", "boot-$number/pid:[4026531836]", 4000 + number,
            Instant.parse('2026-11-23T01:00:00.120Z'), 'ops', Instant.parse('2026-11-23T01:02:03.456789123Z'))
    }

    /** A run with one phase of one split, as far as these rows. */
    static Checkpoint at(long rows, Map<String, Object> fields = [phase: 1L, last_id: "p-$rows".toString(), batch_no: rows]) {
        def split = new SplitState(Split.whole(), Cursor.after("p-$rows"), rows, WorkStatus.RUNNING, 1)
        def phase = new PhaseState('products', WorkStatus.RUNNING, 1, rows, 0, 0, 0, [split],
            [new SinkCounts(rows, 0, rows, 0, 0, 0)], [:])
        new Checkpoint(new RunState('run-1', 'inventory-fields', Instant.parse('2026-11-23T01:00:00Z'),
            RunStatus.RUNNING, [phase]), fields)
    }

    /** A run in which every field has a value of its own, and every text is odd. */
    static Checkpoint odd() {
        def splits = ODD_TEXTS.withIndex().collect { text, i ->
            new SplitState(new Split(i, Cursor.after(text), Optional.of(Cursor.after(text + i)), OptionalLong.of(i)),
                Cursor.after(i + text), i * 3_000_000_000L, WorkStatus.values()[i % 3], i)
        } + new SplitState(new Split(ODD_TEXTS.size(), Cursor.start(), Optional.empty(), OptionalLong.empty()),
            Cursor.start(), 0, WorkStatus.PENDING, 0)
        def phases = [
            new PhaseState('products', WorkStatus.RUNNING, 2, 3, 4, 5, 6, splits,
                [new SinkCounts(7, 8, 9, 10, 11, 12), SinkCounts.none()], ODD_TEXTS.collectEntries { [it, it.length() as long] }),
            new PhaseState('$search.only "2"', WorkStatus.DONE, Long.MAX_VALUE, 0, 0, 0, 0, [], [], [:]),
            PhaseState.pending(ODD_TEXTS.last(), 3),
        ]
        new Checkpoint(new RunState('run "7".$x', 'inventory-fields', Instant.parse('2026-11-23T01:02:03.456789123Z'),
            RunStatus.STOPPED, phases, ODD_TEXTS.collectEntries { [it, it.reverse()] }, WorkStatus.RUNNING), [:])
    }

    /** A run with so many splits, each with a cursor as long as a composite key's. */
    static Checkpoint wide(int splits, int moved = 0) {
        def states = (0..<splits).collect { i ->
            def split = new Split(i, Cursor.after("[\"shop-$i\",${i * 1000}]"),
                Optional.of(Cursor.after("[\"shop-$i\",${i * 1000 + 999}]")), OptionalLong.of(1000))
            i < moved
                ? new SplitState(split, split.upTo().get(), 1000, WorkStatus.DONE, 1)
                : SplitState.planned(split)
        }
        def phase = new PhaseState('products', WorkStatus.RUNNING, moved, moved * 1000L, 0, 0, 0, states,
            [SinkCounts.none()], [:])
        new Checkpoint(new RunState('run-1', 'inventory-fields', Instant.parse('2026-11-23T01:00:00Z'),
            RunStatus.RUNNING, [phase]), [phase: 1L])
    }

    static DeadLetter letter(Map<String, Object> changes = [:]) {
        def all = [run: 'run-1', phase: 'products', sink: 'products_search in Typesense', key: 'p-1',
                   error: 'Field `created_at` must be an int64.', attempts: 3, payload: '{"id":"p-1"}',
                   at: Instant.parse('2026-11-23T01:05:00.123Z')] + changes
        new DeadLetter(all.run, all.phase, all.sink, all.key, new Rejection(all.kind ?: Rejection.Kind.UNFIT_VALUE, all.error), all.attempts,
            all.payload, all.first ?: all.at, all.at)
    }
}
