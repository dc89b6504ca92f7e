package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** Columns of json and jsonb in files of JSON. */
class JsonColumnsSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    private String written(String steps, String sink = "writeJsonl('out.jsonl')") {
        sql.execute 'drop table if exists docs'
        sql.execute 'create table docs (id int primary key, b jsonb, j json, several jsonb[], label text)'
        sql.execute '''insert into docs values (1, '{"a": [1, 1.50, 12345678901234567890.5, null], "t": "x\\"y"}', E'{\\n"z": 1}', array['{"k": true}', 'null', '"s"']::jsonb[], '{"not": "json"}')'''
        def variables = [DB_HOST: database.host(), DB_PORT: "${database.port()}".toString(), DB_DATABASE: database.database(),
                         DB_USER: database.user(), DB_PASSWORD: database.password().reveal()]
        def program = new Scripts(folder).backfill("""
            about 'copies'
            def db   = postgres()
            def docs = db.table('docs').key('id')
            checkpoint file('$folder/checkpoints')
            phase('copy') {
                source docs.select('id', 'b', 'j', 'several', 'label')
                $steps
                sink   files('$folder').$sink
            }
            """, variables, ['run'])
        def err = new StringWriter()
        assert BackfillCommand.execute(program, ['run'], new PrintWriter(new StringWriter()), new PrintWriter(err, true)) == 0
        folder.resolve(sink.split("'")[1]).toFile().text
    }

    static final String B = '{"a":[1,1.50,12345678901234567890.5,null],"t":"x\\"y"}'
    static final String TEXT = '"{\\"not\\": \\"json\\"}"'

    def "columns of JSON are written as JSON, alone and in arrays, and a text that looks so as a text"() {
        expect:
        written('') == """{"id":1,"b":$B,"j":{"z":1},"several":[{"k":true},null,"s"],"label":$TEXT}\n"""
    }

    def "what a transform hands on unchanged is JSON under any name, what it makes is a text: #transform"() {
        expect:
        written("transform { d -> $transform }") == "$line\n"

        where:
        transform                                    || line
        "[doc: d.b, all: d.several, label: d.label]" || """{"doc":$B,"all":[{"k":true},null,"s"],"label":$TEXT}"""
        "d + [id: 2, label: null]"                   || """{"id":2,"b":$B,"j":{"z":1},"several":[{"k":true},null,"s"],"label":null}"""
        "[doc: d.j.replace('z', 'y')]"               || '{"doc":"{\\n\\"y\\": 1}"}'
        "[[doc: d.b], [doc: 'null']]"                || """{"doc":$B}\n{"doc":"null"}"""
        "[size: d.b.size(), first: d.b[0]]"          || '{"size":59,"first":"{"}'
    }

    def "what is looked up is JSON too, as a record of its own and as a value"() {
        expect:
        written("lookup 'other', docs.by('id').select('b'), on: 'id'\ntransform { d -> [other: d.other, b: d.other.b] }") ==
                """{"other":{"b":$B},"b":$B}\n"""
    }

    def "files with a list have JSON, too"() {
        expect:
        written('transform { d -> [b: d.b] }', "writeJson('out.json', 'docs')").replaceAll(/"\d{4}-[^"]+Z"/, '"(now)"') ==
                """{\n  "source" : "docs in PostgreSQL",\n  "fetched_at" : "(now)",\n  "count" : 1,\n  "docs" : [\n{"b":$B}\n  ]\n}\n"""
    }
}
