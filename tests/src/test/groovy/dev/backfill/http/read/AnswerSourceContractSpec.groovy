package dev.backfill.http.read

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.connector.TransientFailure
import dev.backfill.fake.ListSource
import dev.backfill.http.Services
import dev.backfill.sandbox.relbase.Behaviour
import dev.backfill.sandbox.relbase.RelbaseServer
import spock.lang.AutoCleanup
import spock.lang.Timeout

/** An answer for each pair of a product and a warehouse, as any source. */
@Timeout(60)
class AnswerSourceContractSpec extends SourceContract {
    @AutoCleanup RelbaseServer relbase = RelbaseServer.start(Behaviour.usual(5, 10_000, 1))
    private List<Long> products = []
    private List<Long> warehouses = []

    @Override
    Source sourceOf(int records) {
        warehouses = [1855L, 1910L]
        products = records ? (1..records.intdiv(2)).collect { 5000L + it } : []
        source('data.lot_serial_numbers')
    }

    private AnswerSource source(String part) {
        def asking = new AnswerSource.Asking(AnswerSourceSpec.PATH, 'lots', part, [404] as Set)
        new AnswerSource(Services.client(relbase.address()), asking, [
            product: new ListSource('external_id', products.collect { [external_id: it] }, true),
            warehouse: new ListSource('id', warehouses.collect { [id: it] }, true)])
    }

    @Override
    List<String> keys() {
        products.collectMany { product -> warehouses.collect { "$product/$it".toString() } }
    }

    /** The answers' own names are all that can be misspelt. */
    @Override
    Source misspelt() {
        products = [5001L]
        warehouses = [1855L]
        def source = source('data.nmae')
        return [splits: { int wanted -> source.splits(wanted) }, key: { source.key(it) }, close: { },
                read: { split, after, limit ->
                    try {
                        source.read(split, after, limit)
                    } catch (TransientFailure failure) {
                        throw new FatalFailure(failure.message) // as after the last try
                    }
                }] as Source
    }
}
