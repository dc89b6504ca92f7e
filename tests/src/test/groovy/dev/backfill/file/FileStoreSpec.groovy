package dev.backfill.file

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointStoreContract
import dev.backfill.checkpoint.Checkpoints
import dev.backfill.checkpoint.Claim
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.Clock
import java.time.Duration
import java.time.Instant

class FileStoreSpec extends CheckpointStoreContract {
    @TempDir
    Path folder

    @Override
    CheckpointStore openHandle(String document) {
        new FileStore(file(document), Clock.systemUTC())
    }

    @Override
    void age(String document, Duration time) {
        def lease = folder.resolve("${document}.lease.json").toFile()
        def record = new JsonSlurper().parse(lease) as Map
        record.beatAt = (Instant.parse(record.beatAt as String) - time) as String
        lease.text = JsonOutput.toJson(record)
    }

    @Override
    List<String> leaveForeign(String document) {
        Files.writeString(file(document), '{"last_id": "x", "phase": 1}')
        ['another program', 'last_id', 'phase']
    }

    @Override
    Map<String, Object> visibleFields(String document) {
        def shown = new JsonSlurper().parse(file(document).toFile()) as Map<String, Object>
        shown.findAll { it.key != 'backfill' }.collectEntries { key, value -> [key, value instanceof Integer ? value as long : value] }
    }

    private Path file(String document) {
        folder.resolve("${document}.json")
    }

    def "an owner of a time when nobody could be displaced is one who is not"() {
        given:
        open().acquire(Checkpoints.owner(1), Claim.ifFree())
        def lease = folder.resolve("${DOCUMENT}.lease.json").toFile()
        def record = new JsonSlurper().parse(lease) as Map
        record.owner.remove('displaced')
        lease.text = JsonOutput.toJson(record)

        expect:
        open().read().holder().get().owner() == Checkpoints.owner(1)
    }

    def "a dead letter that was cut short by a crash hides none of the others"() {
        given:
        def store = open()
        def lease = store.acquire(Checkpoints.owner(1), Claim.ifFree())
        store.bury(lease, [Checkpoints.letter()])
        folder.resolve("${DOCUMENT}.dead-letters.jsonl").toFile() << '\n{"run":"r","phase":"p","sink":"s","key":{}'

        when:
        store.bury(lease, [Checkpoints.letter()])

        then:
        store.deadLetters(10) == [Checkpoints.letter()]
    }

    def "a file that is no JSON is refused, and left as it is"() {
        given:
        Files.writeString(file(DOCUMENT), 'not json')

        when:
        open().acquire(Checkpoints.owner(1), Claim.ifFree())

        then:
        thrown(dev.backfill.checkpoint.ForeignCheckpointException)
        Files.readString(file(DOCUMENT)) == 'not json'
    }

    def "a folder that cannot be made is told with its name"() {
        given:
        def blocked = folder.resolve('blocked')
        Files.writeString(blocked, 'a file')

        when:
        new FileStore(blocked.resolve('x.json'), Clock.systemUTC()).acquire(Checkpoints.owner(1), Claim.ifFree())

        then:
        def failure = thrown(dev.backfill.connector.FatalFailure)
        failure.message.contains(blocked.toString())
    }
}
