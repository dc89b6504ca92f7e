package dev.backfill.fake

import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract

class RecordingSinkSpec extends SinkContract {
    private RecordingSink sink

    @Override
    Sink sinkOver(Map<String, Integer> held) {
        sink = new RecordingSink('id')
        sink.write(held.collect { key, number -> record(key, number) })
        sink
    }

    @Override
    Map<String, Integer> held() { sink.held().collectEntries { key, row -> [key, row.number] } }

    @Override
    Row record(String key, Object number) { Row.of([id: key, number: number]) }

    @Override
    boolean adds() { true }

    @Override
    boolean rejects() { false }
}
