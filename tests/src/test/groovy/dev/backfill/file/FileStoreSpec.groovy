package dev.backfill.file

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointStoreContract
import dev.backfill.checkpoint.Checkpoints
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.process.OwnProcess
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.InstantSource
import java.time.ZoneOffset

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

    def "an owner of a time when nobody could be revoked is one who is not"() {
        given:
        open().acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
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
        def lease = store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
        store.addDeadLetters(lease, [Checkpoints.letter()])
        folder.resolve("${DOCUMENT}.dead-letters.jsonl").toFile() << '\n{"run":"r","phase":"p","sink":"s","key":{}'

        when:
        store.addDeadLetters(lease, [Checkpoints.letter()])

        then:
        store.deadLetters(10) == [Checkpoints.letter()]
    }

    def "a file that is no JSON is refused, and left as it is"() {
        given:
        Files.writeString(file(DOCUMENT), 'not json')

        when:
        open().acquire(Checkpoints.owner(1), AcquireCondition.ifFree())

        then:
        thrown(dev.backfill.checkpoint.ForeignCheckpointException)
        Files.readString(file(DOCUMENT)) == 'not json'
    }

    def "a folder that cannot be made is told with its name"() {
        given:
        def blocked = folder.resolve('blocked')
        Files.writeString(blocked, 'a file')

        when:
        new FileStore(blocked.resolve('x.json'), Clock.systemUTC()).acquire(Checkpoints.owner(1), AcquireCondition.ifFree())

        then:
        def failure = thrown(dev.backfill.connector.FatalFailure)
        failure.message.contains(blocked.toString())
    }

    private static final String CLIPPED = '{"backfill":{"version":3,"run":{"id":"2026'

    private File own(String name) { folder.resolve("${DOCUMENT}${name}").toFile() }

    def "a checkpoint that is #what is replaced by the version before, as if the last save had never been"() {
        given:
        def store = open()
        def lease = store.save(store.save(store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree()), Checkpoints.at(1)), Checkpoints.at(2))
        own('.json').text = text

        expect:
        open().read().checkpoint().get() == Checkpoints.at(1)
        open().read().version() == lease.version() - 1

        when: 'the run goes on from there, and what it saves counts'
        store.release(lease)
        def next = open().acquire(Checkpoints.owner(2), AcquireCondition.ifFree())
        open().save(next, Checkpoints.at(3))

        then:
        open().read().checkpoint().get() == Checkpoints.at(3)

        where:
        what       | text
        'empty'    | ''
        'blank'    | ' \n'
        'cut off'  | CLIPPED
        'null'     | 'null'
        'an array' | '[1]'
        'zeros'    | '\u0000' * 100
        'followed' | '{"backfill":{"version":3}}{"a":1}'
    }

    def "a lease that is #what is replaced by the beat before, and the owner stays"() {
        given:
        def store = open()
        def lease = store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
        store.renew(lease)
        own('.lease.json').text = text

        expect:
        open().read().holder().get().owner() == Checkpoints.owner(1)
        open().read().epoch() == lease.epoch()

        where:
        what      | text
        'empty'   | ''
        'cut off' | '{"epoch":1,"owner":{"ho'
        'null'    | 'null'
    }

    def "a note that is #what is replaced by the version before"() {
        given:
        def store = open()
        store.write('control', 0, 'first')
        store.write('control', 1, 'second')
        own('.control.json').text = text

        expect:
        open().note('control').get().text() == 'first'

        where:
        what    | text
        'empty' | ''
        'null'  | 'null'
    }

    def "where no version is intact, every call names the file and the way out, and a reset repairs it"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree()), Checkpoints.at(1))
        store.write('control', 0, 'note')
        def files = [own(file), own("${file}.previous")]
        files.each { it.text = '' }

        when:
        call(open())

        then:
        def refusal = thrown(dev.backfill.checkpoint.DamagedCheckpointException)
        refusal.message.startsWith("${own(file).absolutePath} is damaged (")
        refusal.message.contains('it is empty')
        refusal.message.contains("'checkpoint reset'")

        when:
        def moved = open().putDamagedAside()
        def next = open().acquire(Checkpoints.owner(2), file == '.lease.json' ? AcquireCondition.ifFree() : AcquireCondition.from(open().read().epoch()))

        then: 'the way is free, and whoever was there before can no longer save'
        moved == [own("${file}.damaged").absolutePath]
        open().read().checkpoint().empty == (file == '.json')
        open().putDamagedAside() == []

        when:
        store.save(lease, Checkpoints.at(5))

        then:
        thrown(dev.backfill.checkpoint.LeaseLostException)

        and:
        open().save(next, Checkpoints.at(9)).version() == next.version() + 1

        where:
        file            | call
        '.json'         | { it.read() }
        '.json'         | { it.acquire(Checkpoints.owner(2), AcquireCondition.ifFree()) }
        '.lease.json'   | { it.read() }
        '.lease.json'   | { it.acquire(Checkpoints.owner(2), AcquireCondition.ifFree()) }
        '.control.json' | { it.note('control') }
    }

    def "only the owner of the process can read what is kept"() {
        given:
        def store = new FileStore(folder.resolve('new/deep/products.json'), Clock.systemUTC())
        def lease = store.save(store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree()), Checkpoints.at(1))
        store.addDeadLetters(lease, [Checkpoints.letter()])
        store.removeDeadLetters(lease, [])
        store.save(lease, Checkpoints.at(2))
        store.write('control', 0, 'note')
        def made = []
        folder.resolve('new').toFile().eachFileRecurse { made << it.toPath() }

        expect:
        made.size() > 5
        made.every { permissions(it) == (Files.isDirectory(it) ? 'rwx------' : 'rw-------') }
        permissions(folder.resolve('new')) == 'rwx------'
    }

    private static Clock clock(Closure<Instant> now) {
        (now as InstantSource).withZone(ZoneOffset.UTC)
    }

    private static String permissions(Path path) {
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
    }

    def "a lease whose last beat lies in the future ends when no beat has come for as long as a lease lasts"() {
        given: 'the clock was set back by an hour after the beat'
        def now = Instant.parse('2026-11-28T03:00:00Z')
        def clock = clock { now }
        new FileStore(file(DOCUMENT), Clock.fixed(now + Duration.ofHours(1), ZoneOffset.UTC)).acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
        def successor = new FileStore(file(DOCUMENT), clock)

        expect:
        !successor.read().holder().get().expired()

        when:
        now += CheckpointStore.LEASE
        then:
        !successor.read().holder().get().expired()

        when:
        now += Duration.ofSeconds(1)
        then:
        successor.read().holder().get().expired()
        successor.acquire(Checkpoints.owner(2), AcquireCondition.ifFree()).epoch() == 2
    }

    def "a beat in the future that moves is an owner, however long it is watched"() {
        given:
        def now = Instant.parse('2026-11-28T03:00:00Z')
        def ahead = Duration.ofHours(1)
        def owner = new FileStore(file(DOCUMENT), clock { now + ahead })
        def lease = owner.acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
        def successor = new FileStore(file(DOCUMENT), clock { now })

        expect:
        (1..10).every {
            now += Duration.ofSeconds(20)
            owner.renew(lease)
            !successor.read().holder().get().expired()
        }
    }

    def "dead letters are read page by page: #count of them in a file of #megabytes MB and more fit in a small memory"() {
        given:
        def store = open()
        def lease = store.acquire(Checkpoints.owner(1), AcquireCondition.ifFree())
        def payload = '{"text":"' + 'x' * 2_000 + '"}'
        (0..<count).collate(1_000).each { keys ->
            store.addDeadLetters(lease, keys.collect { Checkpoints.letter(key: "k-$it" as String, payload: payload) })
        }

        when: 'by a process with as little memory as a script may be given'
        def process = OwnProcess.of(DeadLetterReader, [file(DOCUMENT) as String], ['-Xmx32m']).redirectErrorStream(true).start()
        def told = process.inputStream.text

        then:
        process.waitFor() == 0
        told.trim() == "$count $count k-0 k-${count - 1} ${count - 10}"
        Files.size(folder.resolve("${DOCUMENT}.dead-letters.jsonl")) > megabytes * 1_000_000

        where:
        count  | megabytes
        20_000 | 40
    }

    def "a checkpoint named #name does not leave its folder"() {
        when:
        new FileStoreDefinition(folder.resolve(where)).open(Stub(dev.backfill.connector.Resources), name)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message.contains("'$name'")
        refusal.message.contains(folder.resolve(where).toAbsolutePath() as String)

        where:
        name        | where
        '../other'  | 'here'
        '../../x'   | 'here'
        'sub/x'     | 'here'
        '/tmp/x'    | 'here'
        'a/../../x' | 'here/../here'
    }

    def "a checkpoint with an ordinary name is kept in the folder #where"() {
        when:
        def store = new FileStoreDefinition(Path.of(where)).open(Stub(dev.backfill.connector.Resources), 'a name..with dots')

        then:
        store.read().checkpoint().empty

        where:
        where << ['', '.', 'sub', 'sub/../sub', '/tmp']
    }
}
