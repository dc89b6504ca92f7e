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

    private Map run(String transform, List<String> arguments = []) {
        def script = new Scripts(folder).write('sizes.groovy', """\
            backfill('sizes') {
                about 'writes the size of every label'

                def db    = postgres()
                def items = db.table('items').key('id')

                checkpoint file('$folder/checkpoints')
                batch      10
                before     { db.sql.execute('insert into started values (?)', [java.sql.Timestamp.from(now())]) }

                phase('sizes') {
                    source    items.select(*columns())
                    transform $transform
                    sink      items.update('size'), counted: 'sized'
                }
            }

            List columns() { ['id', 'label'] }

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
}
