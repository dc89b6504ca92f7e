package dev.backfill.docs

import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

/** Runs what docs/values.md says. */
class ValuesPageSpec extends Specification {
    /** A value of each type that the page names. */
    private static final Map<String, String> SAMPLES = [
        smallint: '7', integer: '7', bigint: '7', numeric: '1.50', money: '1.50', real: '0.1', 'double precision': '0.1', boolean: 'true',
        uuid: '00000000-0000-0000-0000-000000000001', timestamptz: '2026-01-01 12:00+02', timestamp: '2026-01-01 12:00', date: '2026-01-01',
        time: '12:00', timetz: '12:00+02', bytea: '\\x01', text: 'a', varchar: 'a', 'char(n)': 'a', json: '{"a":1}', jsonb: '{"a":1}', 'int[]': '{1,2}',
        interval: '1 day', inet: '10.0.0.1', int4range: '[1,3)']

    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def "the tables are found"() {
        expect:
        types().collectMany { names(it[0]) } as Set == SAMPLES.keySet()
        examples().size() > 30
        outcomes().size() == 6
    }

    @Unroll
    def "#type is read as #seen"() {
        given:
        def ran = run(type.replace('(n)', '(3)'), 'r.a', SAMPLES[type])

        expect:
        ran.code == 0
        ran.seen == seen
        ran.stored != null

        where:
        [type, seen] << types().collectMany { row -> names(row[0]).collect { [it, row[1].find(/^[\w\[\]]+/)] } }
    }

    @Unroll
    def "#column gets #given: #stored"() {
        given:
        def ran = run(column, given, null)

        expect:
        stored == 'dead letter' ? ran.code == 3 && ran.stored == null : ran.code == 0 && ran.stored == stored

        where:
        [column, given, stored] << examples()
    }

    @Unroll
    def "#given: #outcome"() {
        expect:
        run('int', given, null).code == (outcome == 'dead letter' ? 3 : 2)

        where:
        [given, outcome] << outcomes().collect { [it[0].find(/`(.*?)`/) { all, code -> code }, it[1]] }
    }

    def "an extra key is ignored, and a missing one rejects the record"() {
        expect:
        run('int', '1, nothing: 2', null).with { it.code == 0 && it.stored == '1' }
        runs('int', '{ r -> r.id == 1 ? [id: r.id, b: 1, seen: null] : [id: r.id, seen: null] }', [1, 2]) == 3
        runs('int', '{ r -> (r.id == 1 ? [id: r.id, seen: null] : [id: r.id, seen: null]) as Map }', [1, 2]) == 2
    }

    private Map run(String type, String given, String value) {
        tables(type)
        sql.execute('insert into v values (1, cast(? as text)::' + type + ')', [value])
        def code = start("{ r -> [id: r.id, b: $given, seen: r.a == null ? 'null' : r.a instanceof List ? 'List' : r.a.getClass().simpleName] }")
        def row = sql.firstRow('select b::text as stored, seen from w')
        [code: code, seen: row?.seen, stored: row?.stored]
    }

    private int runs(String type, String transform, List<Integer> ids) {
        tables(type)
        ids.each { sql.execute 'insert into v values (?, null)', [it] }
        start(transform)
    }

    private void tables(String type) {
        sql.execute 'drop table if exists v, w'
        sql.execute "create table v (id int primary key, a $type)".toString()
        sql.execute "create table w (id int primary key, b $type, seen text)".toString()
    }

    private int start(String transform) {
        def program = new Scripts(folder).backfill("""
            about 'tries a value'
            def v = postgres().table('v').key('id')
            def w = postgres().table('w').key('id')
            checkpoint  file('$folder/checkpoints')
            deadLetters atMost: 10
            phase('all') {
                source    v.select('id', 'a')
                newRows   handledBy: 'nothing: no rows are added'
                transform $transform
                sink      w.upsert('b', 'seen')
            }
            """, [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(), DB_USER: database.user(),
                  DB_PASSWORD: database.password().reveal()])
        BackfillCommand.execute(program, ['--restart', '--quiet'], new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
    }

    private static List<List<String>> types() { rows('## PostgreSQL types') }

    private static List<List<String>> examples() {
        (rows('## Rounding and fitting') + rows('## Times and zones')).collect { row -> row.collect { it.replaceAll(/^`|`$/, '') } }
    }

    private static List<List<String>> outcomes() { rows('## What rejects a record, and what ends the run') }

    private static List<String> names(String cell) {
        cell.findAll(/`([^`]+)`/) { it[1] }
    }

    /** The cells of the table under a heading. */
    private static List<List<String>> rows(String heading) {
        def section = new File('../docs/values.md').text.split(/(?m)^(?=## )/).find { it.startsWith(heading) }
        section.readLines().findAll { it.startsWith('| ') }.drop(2).collect { line -> line.split(/\|/).drop(1)*.trim() }
    }
}
