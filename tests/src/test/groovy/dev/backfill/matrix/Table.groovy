package dev.backfill.matrix

import groovy.transform.CompileStatic

/** Shows how often each pair was met. */
@CompileStatic
class Table {
    private final Matrix matrix
    private final List<String> stores
    /** Stores whose own condition is the fence, as they save in the transaction of the data. */
    private static final List<String> SHARED = ['memory database', 'postgresql']
    static final List<String> KINDS = names(SinkKind.EVERYWHERE as SinkKind[])
    static final List<String> FAULTS = names(Fault.EVERYWHERE as Fault[])
    static final List<String> STEPS = Operation.values().collectMany { Operation it ->
        ["${names(it)[0]} before".toString(), "${names(it)[0]} after".toString()]
    }

    Table(Matrix matrix, List<String> stores) {
        this.matrix = matrix
        this.stores = stores
    }

    /** Prints it, and keeps it in this file among what the build makes. */
    void keep(String file) {
        println this
        File kept = new File('target', file)
        kept.parentFile.mkdirs()
        kept.setText(toString(), 'UTF-8')
    }

    private static List<String> names(Enum... values) {
        values.collect { Enum it -> it.name().toLowerCase().replace('_', ' ') }
    }

    /** Pairs that can be and were met less often than this. */
    List<String> rarerThan(int least) {
        pairs().findAll { List<String> it -> canBe(it[0], it[1]) && matrix.times(it[0], it[1]) < least }
            .collect { List<String> it -> "${it[0]} × ${it[1]}: ${matrix.times(it[0], it[1])}".toString() }
    }

    private List<List<String>> pairs() {
        List<List<String>> dimensions = [STEPS, FAULTS, KINDS, stores]
        (0..2).collectMany { int one -> (one + 1..3).collectMany { int other -> [dimensions[one], dimensions[other]].combinations() as List<List<String>> } }
    }

    private static boolean canBe(String one, String other) {
        Operation operation = Operation.values().find { Operation it -> one.startsWith(names(it)[0]) }
        SinkKind kind = SinkKind.values().find { SinkKind it -> names(it)[0] == other }
        Fault fault = Fault.values().find { Fault it -> names(it)[0] == other }
        boolean fenced = operation != Operation.FENCE || !SHARED.contains(other)
        fenced && (operation == null || kind == null || operation.knownTo(kind)) && (operation == null || fault == null || operation.shows(fault))
    }

    @Override
    String toString() {
        "${matrix.total} points\n\n" + part('step', STEPS, FAULTS + KINDS + stores) + '\n' +
            part('fault', FAULTS, KINDS + stores) + '\n' + part('sink', KINDS, stores) +
            '\n– cannot be: the sink has no such step, or nothing follows that could get lost\n'
    }

    private String part(String title, List<String> rows, List<String> columns) {
        List<String> wrapped = columns.collect { it.replace('acknowledgement', 'ack').replace('transactional', 'tx') }
        String head = title.padRight(18) + wrapped.collect { it.padLeft(width(it)) }.join('')
        head + '\n' + rows.collect { String row ->
            row.padRight(18) + columns.withIndex().collect { String column, int i -> cell(row, column).padLeft(width(wrapped[i])) }.join('') + '\n'
        }.join('')
    }

    private static int width(String title) {
        Math.max(7, title.length() + 2)
    }

    private String cell(String row, String column) {
        canBe(row, column) ? matrix.times(row, column) as String : '–'
    }
}
