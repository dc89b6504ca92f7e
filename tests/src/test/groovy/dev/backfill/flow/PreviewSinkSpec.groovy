package dev.backfill.flow

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkTraits
import dev.backfill.run.Change
import spock.lang.Specification

class PreviewSinkSpec extends Specification {
    List<Change> changes = []

    def "a sink that cannot look shows its records only if it says so, and is never written to"() {
        when:
        def outcome = preview(shows).write([Row.of([id: 1])])

        then:
        outcome.status(0) == WriteStatus.WRITTEN
        changes*.record()*.id == shown

        where:
        shows | shown
        false | []
        true  | [1]
    }

    private PreviewSink preview(boolean shows) {
        def sink = new Sink() {
            @Override
            WriteResult write(List<Row> records) { throw new AssertionError('a pass that only looks') }

            @Override
            SinkTraits traits() { shows ? SinkTraits.of(this).showingPayload() : SinkTraits.of(this) }
        }
        new PreviewSink(sink, 'a file', { Change change -> changes << change })
    }
}
