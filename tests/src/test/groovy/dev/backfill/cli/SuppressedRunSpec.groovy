package dev.backfill.cli

import dev.backfill.plan.ScriptException
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** What a person meets whose database keeps some rows as they are. */
class SuppressedRunSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def setup() {
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
        sql.execute '''create or replace function keep_archived() returns trigger language plpgsql as $$ begin
            if new.id in (3, 17) then return null; end if; if new.id = 5 then new.size = 0; end if; return new; end $$'''
        sql.execute 'create trigger keep_archived before update on items for each row execute function keep_archived()'
    }

    private Map command(String sinkWords, String... arguments) {
        new SizesBackfill(database, folder).command(arguments as List, '', [:], sinkWords)
    }

    def "records that a trigger skips or changes end the run with 3, and summary, status and plan say so"() {
        expect:
        command('', 'plan').out.contains("fires the trigger keep_archived (before, keep_archived())")

        when:
        def run = command('', 'run')

        then:
        run.code == 3
        run.out.contains('items in PostgreSQL  23 written  1 of them altered by the database, 2 suppressed by the database')
        run.out.contains("items in PostgreSQL: 3 records are not stored as sent, because of the database's own triggers, rules or policies; 'plan' names them")

        and:
        command('', 'status').out.contains("3 records are not stored as sent")
        with(new JsonSlurper().parseText(command('', 'status', '--json').out).run.phases[0].sinks[0]) {
            written == 23
            suppressed == 2
            altered == 1
            given == 25
        }

        and: 'a run that is done says it again'
        command('', 'run').code == 3

        and: 'validate finds the same three'
        command('', 'validate').code == 5
        command('', 'validate').out =~ /\n  phase +compared  different\n  \S+ +25 +3\n/
    }

    def "what the script accepts with a reason ends with 0, and the reason is said"() {
        given:
        def word = ".acceptSuppressed('archived items stay as they are')"

        when:
        def run = command(word, 'run')

        then:
        run.code == 0
        run.out.contains('2 suppressed by the database')
        run.out.contains('the script accepts that: archived items stay as they are')
        command(word, 'run').code == 0
    }

    def "validate counts what the script accepts as that, and what else differs as different"() {
        given:
        def word = ".acceptSuppressed('archived items stay as they are')"
        command(word, 'run')

        when:
        def right = command(word, 'validate')

        then:
        right.code == 0
        right.out =~ /\n  phase +compared  different\n  \S+ +25 +0\n/
        right.out.contains('suppressed, accepted: 3 records of items in PostgreSQL: archived items stay as they are')
        with(new JsonSlurper().parseText(command(word, 'validate', '--json').out).phases[0]) {
            wrong == 0
            suppressed == ['items in PostgreSQL: archived items stay as they are': 3]
            share == 1
        }

        when: 'more differ than the run has met'
        sql.execute 'alter table items disable trigger keep_archived'
        sql.execute 'update items set size = 999 where id = 11'
        sql.execute 'alter table items enable trigger keep_archived'
        def wrong = command(word, 'validate')

        then: 'nobody knows which of them the trigger has made'
        wrong.code == 5
        wrong.out =~ /\n  phase +compared  different\n  \S+ +25 +4\n/
        wrong.out.contains('of them 3 at most may be suppressed by items in PostgreSQL, which the script accepts')
    }

    def "a reason that says nothing is a mistake in the script"() {
        when:
        command(".acceptSuppressed(' ')", 'run')

        then:
        def failure = thrown ScriptException
        failure.message.contains('acceptSuppressed needs a reason')
    }
}
