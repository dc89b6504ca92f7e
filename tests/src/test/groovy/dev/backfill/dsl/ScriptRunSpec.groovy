package dev.backfill.dsl

import dev.backfill.postgres.PostgresServer
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** Whole scripts against a real database, in this process. */
class ScriptRunSpec extends Specification {
    @Shared
    def database = PostgresServer.database()
    @Shared
    def sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def setup() {
        sql.execute 'drop table if exists items, started'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute 'create table started (at timestamptz)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
    }

    def cleanupSpec() {
        sql.close()
    }

    private Map run(String transform, List<String> arguments = [], String more = '') {
        def script = new Scripts(folder).write('sizes.groovy', """\
            backfill('sizes') {
                about 'writes the size of every label'

                def db    = postgres()
                def items = db.table('items').key('id')

                checkpoint file('$folder/checkpoints')
                batch      10
                beforeRun     { db.sql.execute('insert into started values (?)', [java.sql.Timestamp.from(now())]) }

                phase('sizes') {
                    source    items.select(*columns())
                    transform $transform
                    sink      items.update('size'), countAs: 'sized'
                }
                $more
            }

            List columns() { ['id', 'label'] }

            int endless(i) { endless(i) + 1 }

            int sizeOf(db, id) { db.sql.firstRow('select length(label) as size from items where id = ?', [id]).size }
            """.stripIndent())
        def err = System.err
        def told = new ByteArrayOutputStream()
        System.err = new PrintStream(told, true, 'UTF-8')
        try {
            [code: Launch.run(script, arguments, variables()), err: told.toString('UTF-8')]
        } finally {
            System.err = err
        }
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database,
         DB_USER: database.user, DB_PASSWORD: database.password.reveal()]
    }

    def "a script changes the rows, asks the database in functions of its own, and is done when it is run again"() {
        when:
        def first = run('{ i -> [id: i.id, size: sizeOf(db, i.id)] }')

        then:
        first.code == 0
        sql.firstRow('select count(*) as n from items where size = length(label)').n == 25
        sql.firstRow('select count(*) as n from started').n == 1

        and:
        run('{ i -> [id: i.id, size: sizeOf(db, i.id)] }').code == 0
        sql.firstRow('select count(*) as n from started').n == 1
    }

    def "a column that is not there is told with the script's line, and nothing is written"() {
        when:
        def ran = run('{ i -> [id: i.id, size: i.lable.size()] }')

        then:
        ran.code == 2
        ran.err.contains("sizes.groovy:13:45: unknown column 'lable', did you mean 'label'? (columns: id, label)")
        sql.firstRow('select count(*) as n from items where size is not null').n == 0
    }

    def "a value that cannot be read makes a dead letter of its record alone"() {
        when:
        def ran = run('{ i -> [id: i.id, size: i.id == 7 ? epochSeconds(i.label) : 1] }')

        then:
        ran.code == 3
        sql.rows('select id from items where size is null')*.id == [7]
    }

    def "a key or column that transform never gives ends the run with its line and the first record, before a write: #lacks"() {
        when:
        def ran = run("{ i -> $map }")

        then:
        ran.code == 2
        ran.err.contains("sizes.groovy:13: sink items in PostgreSQL needs the column '$lacks', but no record has one: see the record id 1 (it has: $has); let transform give '$lacks'")
        !ran.err.contains('unexpected')
        sql.firstRow('select count(*) as n from items where size is not null').n == 0

        where:
        map                           || lacks  | has
        '[size: 1]'                   || 'id'   | 'size'
        '[id: i.id].findAll { true }' || 'size' | 'id'
    }

    def "a column that one record lacks makes a dead letter of it alone, with the script's line: #lacks"() {
        when:
        def ran = run("{ i -> i.id == 17 ? $map : [id: i.id, size: 1] }")

        then:
        ran.code == 3
        sql.rows('select id from items where size is null')*.id == [17]
        letters().contains("the record lacks the column '$lacks' (it has: $has)")
        letters().contains('sizes.groovy:13')

        where:
        map                           || lacks  | has
        '[size: 1]'                   || 'id'   | 'size'
        '[id: i.id].findAll { true }' || 'size' | 'id'
    }

    def "a text that is no truth makes a dead letter of its record alone, with the column and the text"() {
        given:
        sql.execute 'alter table items alter size type boolean using null'

        when:
        def ran = run("{ i -> [id: i.id, size: i.id == 17 ? 'perhaps' : 'yes'] }")

        then:
        ran.code == 3
        sql.rows('select id from items where size is null')*.id == [17]
        letters().contains('size: ')
        letters().contains('perhaps')
        letters().contains('boolean')
    }

    private String letters() {
        def files = []
        folder.resolve('checkpoints').toFile().eachFileRecurse(groovy.io.FileType.FILES) { if (it.name.contains('letter')) { files << it } }
        files*.text.join('\n')
    }

    def "an error of Java ends the run with exit 1, the place in the script, the next step, the failure hook, and no stack trace: #told"() {
        given:
        def hooked = folder.resolve('hooked')

        when:
        def ran = run("{ i -> if (i.id == 15) { $code }; [id: i.id, size: 1] }", [], "hooks { command 'echo \"\$BACKFILL_TEXT\" > $hooked', on: 'failure' }")

        then:
        ran.code == 1
        ran.err.contains(told)
        !ran.err.contains('\tat ')
        hooked.toFile().text.contains('failed: ' + told)
        sql.firstRow('select count(*) as n from items where size = 1').n == 10

        and: 'the next start resumes there'
        run('{ i -> [id: i.id, size: 2] }', ['--accept-changes']).code == 0
        sql.rows('select size, count(*) as n from items group by 1 order by 1')*.n == [10, 15]

        where:
        code                                            || told
        'endless(i)'                                    || 'a function calls itself without end, or a value is nested too deeply (StackOverflowError, at sizes.groovy:'
        "throw new NoClassDefFoundError('com/acme/Tax')" || 'the class com.acme.Tax is missing, at sizes.groovy:13; add the library that contains it to the script, as in //DEPS'
        "throw new OutOfMemoryError('Java heap space')" || 'Java has too little memory (Java heap space, at sizes.groovy:13); give it more'
        "throw new NoSuchMethodError('a.b()')"          || 'a library does not fit the others (java.lang.NoSuchMethodError: a.b(), at sizes.groovy:13)'
    }

    def "a class that is missing while the script is read is told in the same words, with exit 2"() {
        when:
        def ran = run('{ i -> [id: i.id, size: 1] }', ['check'], "throw new NoClassDefFoundError('com/acme/Tax')")

        then:
        ran.code == 2
        ran.err.contains('sizes.groovy: the class com.acme.Tax is missing, at sizes.groovy:')
        !ran.err.contains('\tat ')
    }

    def "a mistake of the script that is met only after saved batches is exit 1, with how to resume"() {
        when:
        def ran = run('{ i -> [id: i.id, size: i.id > 10 ? i.lable : 1] }')

        then:
        ran.code == 1
        ran.err.contains("sizes: phase 'sizes' stopped after 10 records: sizes.groovy:13:")
        ran.err.contains("unknown column 'lable', did you mean 'label'?")
        sql.firstRow('select count(*) as n from items where size is not null').n == 10
    }
}
