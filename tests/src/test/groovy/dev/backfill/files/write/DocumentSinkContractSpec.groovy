package dev.backfill.files.write

import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract
import dev.backfill.connector.WriteResult
import dev.backfill.connector.WriteStatus
import groovy.json.JsonSlurper
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** What every sink promises, for a file of one record; each key has a file of its own. */
class DocumentSinkContractSpec extends SinkContract {
    @TempDir Path folder

    @Override
    Sink sinkOver(Map<String, Integer> held) {
        held.each { key, number -> Files.writeString(folder.resolve("${key}.json"), "{\"number\": $number}") }
        return { List<Row> records -> write(records) } as Sink
    }

    private WriteResult write(List<Row> records) {
        def all = WriteResult.of(records, WriteStatus.UNCHANGED)
        records.indices.groupBy { records[it].id }.each { key, places ->
            def some = new DocumentSink(folder.resolve("${key}.json")).write(records[places])
            places.eachWithIndex { place, i -> all.merge(place, some, i) }
        }
        all
    }

    @Override
    Map<String, Integer> held() {
        folder.toFile().listFiles().sort { it.name }.collectEntries { [it.name - '.json', new JsonSlurper().parse(it).number] }
    }

    @Override
    Row record(String key, Object number) { Row.of([id: key, number: number]) }

    @Override
    Row refused(String key) { record(key, new Object()) }

    @Override
    boolean adds() { true }
}
