package dev.backfill.cli

import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path
import java.util.regex.Pattern

/** What plan and a dry run say of tables that are not there yet. */
class PlannedTablesSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def cleanup() {
        sql.execute 'drop table if exists items, labels'
    }

    private Map plan(String more) {
        command(['plan'], more)
    }

    private Map command(List<String> arguments, String more) {
        new SizesBackfill(database, folder).command(arguments, more, [:], "\nnewRows handledBy: 'the application'")
    }

    def "a dry run skips the phase whose table the run adds, says why, and does the others (#created)"() {
        given:
        sql.execute 'create table labels (id bigint primary key, label text)'
        sql.execute "insert into labels values (1, 'tea'), (2, 'milk')"

        when:
        def dry = command(['--dry-run'], """
            ensure db.script('create table $created (id bigint primary key, label text, size bigint)')
            phase('upper') {
                source    db.table('labels').key('id').select('id', 'label')
                transform { l -> [id: l.id, label: l.label.toUpperCase()] }
                sink      db.table('labels').key('id').update('label')
                newRows   handledBy: 'the application'
            }
            phase('sized') {
                source    db.table('labels').key('id').select('id', 'label')
                lookup    'item', items.by('id').select('size'), on: 'id'
                transform { l -> [id: l.id, label: \"\$l.item.size\"] }
                sink      db.table('labels').key('id').update('label')
                newRows   handledBy: 'the application'
            }
            """)

        then:
        dry.code == 0
        dry.out.contains('upper: 2 read')
        dry.out.contains('labels in PostgreSQL  2 written')
        dry.out.contains('nothing was written')
        ['sized', 'sizes'].every { dry.out.contains("! $it was skipped: items will be created by the run") }
        sql.firstRow("select to_regclass('items') as found").found == null
        sql.rows('select label from labels order by id')*.label == ['tea', 'milk']

        where:
        created << ['items', 'public.items', 'ITEMS', '"items"']
    }

    def "a dry run fails where nobody adds the table (#other)"() {
        when:
        def dry = command(['--dry-run'], other)

        then:
        dry.code == 1
        dry.err.contains('there is no table items in this database')
        !dry.out.contains('skipped')

        where:
        other << ['', "ensure db.script('create table item (id bigint primary key)')",
                  "ensure db.script('create view items as select 1 as id')"]
    }

    def "a table that the run adds is no problem, and is told (#created)"() {
        when:
        def plan = plan("ensure db.script('create table $created (id bigint primary key, label text, size bigint)')")

        then:
        plan.code == 0
        plan.out =~ /(?m)^A run adds\n  \+ tables of .+: the table ${Pattern.quote(created)}$/
        plan.out.contains('items will be created by the run')
        !plan.out.contains('Problems')
        sql.firstRow("select to_regclass('items') as found").found == null

        where:
        created << ['items', 'public.items', 'ITEMS', '"items"']
    }

    def "a table that nobody adds is a problem still, also beside one that the run adds (#other)"() {
        when:
        def plan = plan(other)

        then:
        plan.code == 5
        plan.out.contains('there is no table items in this database')
        !plan.out.contains('will be created')

        where:
        other << ['', "ensure db.script('create table item (id bigint primary key)')",
                  "ensure db.script('create table \"Items\" (id bigint primary key)')",
                  "ensure db.script('create view items as select 1 as id')"]
    }

    def "what is there is looked at, though the script would add it"() {
        given:
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'

        when:
        def plan = plan("ensure db.script('create table if not exists items (id bigint primary key)')")

        then:
        plan.code == 0
        !plan.out.contains('will be created')
        plan.out =~ /(?m)^  sizes +\S.* items in PostgreSQL$/
    }
}
