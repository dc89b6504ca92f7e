package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** The dead letters of every kind of source are retried by key and from their payloads. */
class RetrySourcesSpec extends Specification {
    static final List<String> KINDS = ['file', 'items', 'answers', 'table', 'documents', 'keyspace']

    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    @AutoCleanup
    RejectedRecords records

    private void begin(String kind) {
        records = [file: { new RejectedRecords.OfFile(folder) }, items: { new RejectedRecords.OfItems() },
                   answers: { new RejectedRecords.OfAnswers(sql) }, table: { new RejectedRecords.OfTable(sql) },
                   documents: { new RejectedRecords.OfDocuments() }, keyspace: { new RejectedRecords.OfKeyspace(folder) }][kind]()
        records.fill()
        sql.execute 'drop table if exists copies'
        sql.execute 'create table copies (id text primary key, label text constraint short check (length(label) < 20), note text)'
        assert command('run').code == 3
        assert letters() == ([2, 3, 5].collect { records.key(it) } + (records.withUnreadable ? [records.unreadable()] : [])) as Set
        sql.execute 'alter table copies drop constraint short'
    }

    private Map command(String... arguments) {
        def variables = [DB_HOST: database.host(), DB_PORT: "${database.port()}".toString(), DB_DATABASE: database.database(),
                         DB_USER: database.user(), DB_PASSWORD: database.password().reveal()] + records.variables()
        def program = new Scripts(folder).backfill("""
            about 'copies'
            def db     = postgres()
            checkpoint file('$folder/checkpoints')
            deadLetters atMost: 100
            phase('copy') {
                source    ${records.source()}
                transform ${records.transform()}
                sink      db.table('copies').key('id').upsert('label', 'note')
            }
            """, variables, arguments.toList())
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments.toList(), new PrintWriter(out, true), new PrintWriter(err, true)),
         out: out.toString(), err: err.toString()]
    }

    private Set<String> letters() {
        command('retry', '--list', '--json').out.readLines().collect { new JsonSlurper().parseText(it).key } as Set
    }

    private Map<String, Map> copies() {
        sql.rows('select * from copies').collectEntries { [it.id, [label: it.label, note: it.note].findAll { it.value != null }] }
    }

    private Map<String, Map> expected(List<Integer> numbers) {
        numbers.collectEntries { [records.key(it), RejectedRecords.fields(it)] }
    }

    def "by key, what is there is written, what is gone is closed, and what cannot be read stays until it can: #kind"() {
        given:
        begin(kind)
        records.remove(5)

        when:
        def retried = command('retry')

        then:
        retried.out.contains('2 are done, 1 is gone from the source')
        copies() == expected([1, 2, 3])
        letters() == (records.withUnreadable ? [records.unreadable()] : []) as Set
        retried.code == (records.withUnreadable ? 3 : 0)
        retried.out.contains('1 could not be read again') == records.withUnreadable

        when:
        records.correct(4)

        then:
        command('retry').code == 0
        copies() == expected(records.withUnreadable ? [1, 2, 3, 4] : [1, 2, 3])

        where:
        kind << KINDS
    }

    def "from the payload, what is gone is written too, nothing is closed unwritten, and what was never read is skipped: #kind"() {
        given:
        begin(kind)
        records.remove(5)

        when:
        def retried = command('retry', '--from-payload')

        then:
        retried.out.contains('3 are done')
        !retried.out.contains('gone')
        copies() == expected([1, 2, 3, 5])
        retried.code == (records.withUnreadable ? 3 : 0)
        letters() == (records.withUnreadable ? [records.unreadable()] : []) as Set
        retried.out.contains("1 dead letter was skipped, the first is ${records.unreadable()}: the source could not make a record") == records.withUnreadable

        when:
        records.correct(4)

        then:
        command('retry').code == 0
        copies() == expected(records.withUnreadable ? [1, 2, 3, 4, 5] : [1, 2, 3, 5])

        where:
        kind << KINDS
    }

    def "status says that dead letters are retried by key or from their payload, and both are true: #kind"() {
        given:
        begin(kind)

        when:
        def status = command('status').out

        then:
        status.contains("tried again by 'retry', which reads the records again, or by 'retry --from-payload'")

        where:
        kind << ['file']
    }
}
