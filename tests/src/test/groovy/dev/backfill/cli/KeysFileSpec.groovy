package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** A line of the file of --keys that is no key is told with its place, before a row is read. */
class KeysFileSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    private Map command(String key, List<String> arguments) {
        def program = new Scripts(folder).backfill("""
            about 'marks all that was seen'
            def items = postgres().table('items').key($key)
            checkpoint file('$folder/checkpoints')
            phase('marks') {
                source    items.select('seen')
                newRows   handledBy: 'the application'
                transform { i -> i + [seen: 1] }
                sink      items.update('seen')
            }
            """, [DB_HOST: database.host(), DB_PORT: "${database.port()}".toString(), DB_DATABASE: database.database(),
                  DB_USER: database.user(), DB_PASSWORD: database.password().reveal()], arguments)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments, new PrintWriter(out, true), new PrintWriter(err, true)), out: out.toString(), err: err.toString()]
    }

    def "#type: #command names the file and the line of '#wrong'"() {
        given:
        sql.execute 'drop table if exists items'
        sql.execute 'drop domain if exists small'
        sql.execute 'create domain small as int check (value < 100)'
        sql.execute 'drop type if exists mood'
        sql.execute "create type mood as enum ('good', 'bad')"
        sql.execute "create table items (id $type primary key, seen int)".toString()
        sql.execute "insert into items values ('$right')".toString()
        def file = Files.write(folder.resolve('keys.txt'), [right, '', right, wrong, right, wrong])

        when:
        def told = this.command("'id'", [command, '--keys', file.toString()])

        then:
        told.code == 2
        told.err.startsWith("--keys $file, line 4: '$wrong' is no key of public.items (")
        told.err.contains('correct the line and start again: no record was read')
        sql.firstRow('select count(seen) as n from items').n == 0

        when: 'it is corrected'
        Files.write(file, [right, '', right])
        def corrected = this.command("'id'", [command, '--keys', file.toString()])

        then:
        corrected.code == 0
        sql.firstRow('select count(seen) as n from items').n == (command == 'run' ? 1 : 0)

        where:
        [[type, right, wrong], command] << [[
            ['bigint', '12', 'abc'], ['bigint', '12', '99999999999999999999'], ['int', '12', '1.5'], ['small', '12', 'few'],
            ['uuid', '6f2c1a00-0000-4000-8000-000000000001', '6f2c1a00-0000-4000-8000-00000000000'],
            ['timestamptz', '2026-01-01 00:00:00+00', '2026-13-01'], ['date', '2026-01-01', 'soon-ish'],
            ['numeric(4,2)', '12.50', '12,50'], ['mood', 'good', 'sad'], ['boolean', 't', 'maybe'], ['bytea', '\\x00', '\\xZZ']],
            ['run', 'plan']].combinations()
    }

    def "a key of two columns: '#wrong' is told with its line"() {
        given:
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (shop int, item uuid, seen int, primary key (shop, item))'
        def right = '["1","6f2c1a00-0000-4000-8000-000000000001"]'
        sql.execute "insert into items values (1, '6f2c1a00-0000-4000-8000-000000000001')"
        def file = Files.write(folder.resolve('keys.txt'), [right, wrong])

        when:
        def told = command("'shop', 'item'", ['run', '--keys', file.toString()])

        then:
        told.code == 2
        told.err.startsWith("--keys $file, line 2: '$wrong' is no key of public.items (")
        told.err.contains(why)
        sql.firstRow('select count(seen) as n from items').n == 0

        when:
        Files.write(file, [right])

        then:
        command("'shop', 'item'", ['run', '--keys', file.toString()]).code == 0
        sql.firstRow('select count(seen) as n from items').n == 1

        where:
        wrong            | why
        '1'              | 'a key there is written as ["shop","item"], with its values for the names'
        '["1"]'          | 'a key there is written as ["shop","item"]'
        '["1",null]'     | 'a key there is written as ["shop","item"]'
        '["1","abc"]'    | 'invalid input syntax for type uuid'
        '["one","6f2c1a00-0000-4000-8000-000000000001"]' | 'invalid input syntax for type integer'
    }

    def "of many lines the wrong one is found"() {
        given:
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, seen int)'
        def lines = (1..45_000).collect { "$it".toString() }
        lines[43_210] = 'x'
        def file = Files.write(folder.resolve('keys.txt'), lines)

        expect:
        with(command("'id'", ['run', '--keys', file.toString()])) {
            code == 2
            err.startsWith("--keys $file, line 43211: 'x' is no key of public.items (")
        }
    }
}
