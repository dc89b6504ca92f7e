package dev.backfill.cli

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Row
import dev.backfill.dsl.Scripts
import dev.backfill.plan.ScriptException
import dev.backfill.plan.Secret
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.ColumnLookup
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** Rows that policies of row security would hide are never left out without a word. */
class RowSecuritySpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @Shared Map<String, String> users = ['app', 'owner', 'auditor'].collectEntries { [it, "${it}_${settings.database()}".toString()] }
    @AutoCleanup PostgresDatabase database

    @TempDir
    Path folder

    def setupSpec() {
        users.values().each { sql.execute "create role $it login".toString() }
        sql.execute "alter role ${users.auditor} bypassrls".toString()
    }

    def setup() {
        sql.execute 'drop table if exists items, parents, gone, sizes'
        ['items', 'parents', 'gone'].each {
            sql.execute "create table $it (id int primary key, label text)".toString()
            sql.execute "alter table $it owner to ${users.owner}".toString()
            sql.execute "create policy odd_ones on $it for select using (id % 2 = 1)".toString()
            sql.execute "create policy any_change on $it for update using (true)".toString()
        }
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 10) n"
        sql.execute 'insert into parents select id, label from items'
        sql.execute 'insert into gone values (3), (4)'
        sql.execute 'create table sizes (id int primary key, size int)'
        sql.execute "grant all on all tables in schema public to ${users.values().join(', ')}".toString()
    }

    private void secure(String table) {
        sql.execute "alter table $table enable row level security, force row level security".toString()
    }

    private ConnectionSettings by(String user) {
        new ConnectionSettings(settings.host(), settings.port(), settings.database(), users[user] ?: user, new Secret('P', 'x'), [:])
    }

    private PostgresDatabase open(String user) {
        database?.close()
        database = PostgresDatabase.open(by(user), 2)
    }

    /** @param accepting a word for each table that has one */
    private Map command(String user, List<String> arguments, Map<String, String> accepting = [:]) {
        def program = new Scripts(folder).backfill("""
            about 'writes the size of every label'
            def db = postgres()
            checkpoint file('$folder/checkpoints')
            phase('sizes') {
                source    db.table('items').key('id')${accepting.items ?: ''}.select('id', 'label')
                newRows   catchUp: "label like 'new %'"
                exclude   db.table('gone')${accepting.gone ?: ''}.by('id'), on: 'id'
                lookup    'parent', db.table('parents')${accepting.parents ?: ''}.by('id').select('label'), on: 'id'
                transform { i -> [id: i.id, size: i.parent ? i.label.size() : 0] }
                sink      db.table('sizes').key('id').upsert('size')
            }
            """, [DB_HOST: settings.host(), DB_PORT: "${settings.port()}".toString(), DB_DATABASE: settings.database(),
                  DB_USER: users[user] ?: user, DB_PASSWORD: 'x'], arguments)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments, new PrintWriter(out, true), new PrintWriter(err, true)), told: "$out$err".toString()]
    }

    private Map<Integer, Integer> sizes() {
        sql.rows('select id, size from sizes order by id').collectEntries { [it.id, it.size] }
    }

    def "#user: #command is refused where policies of #table would hide rows, and nothing is written"() {
        given:
        if (command == 'validate') {
            this.command(user, ['run'])
        }
        def before = sizes()
        secure(table)
        def keys = Files.writeString(folder.resolve('keys.txt'), '1\n2\n')

        when:
        def refused = this.command(user, command.replace('KEYS', keys.toString()).split(' ') as List)

        then:
        refused.code != 0
        refused.told.contains("public.$table")
        refused.told.contains("the policies of public.$table (odd_ones) for the user ${users[user]} would hide rows without a word")
        refused.told.contains("run as a role with bypassrls if all rows are meant, or let the script say table('public.$table').acceptPolicies('…') with the reason")
        sizes() == before

        where:
        [user, table, command] << [['app', 'owner'], ['items', 'parents', 'gone'], ['run', 'plan', 'validate', 'run --dry-run', 'run --keys KEYS', 'run --from 2']].combinations()
    }

    def "#user is not subject to policies, and all rows are read"() {
        given:
        ['items', 'parents', 'gone'].each { sql.execute "alter table $it enable row level security".toString() }

        expect:
        command(user, ['run']).code == 0
        sizes() == [1: 7, 2: 7, 5: 7, 6: 7, 7: 7, 8: 7, 9: 7, 10: 8]
        !command(user, ['plan']).told.contains('policies')

        where:
        user << ['postgres', 'owner', 'auditor']
    }

    def "what the script accepts is read as the policies leave it, and plan names them with the reason"() {
        given:
        ['items', 'parents', 'gone'].each { secure(it) }
        def words = ['items', 'parents', 'gone'].collectEntries { [it, ".acceptPolicies('odd $it are ours')"] }

        expect:
        command('app', ['run'], words).code == 0
        sizes() == [1: 7, 5: 7, 7: 7, 9: 7]
        command('app', ['validate'], words).code == 0

        and:
        def plan = command('app', ['plan'], words)
        ['items', 'parents', 'gone'].every {
            plan.told.contains("the policies of public.$it (odd_ones) for the user ${users.app} hide rows; the script accepts that: odd $it are ours")
        }
    }

    def "a reason that says nothing is a mistake in the script"() {
        when:
        command('app', ['plan'], [items: ".acceptPolicies(' ')"])

        then:
        def failure = thrown ScriptException
        failure.message.contains('acceptPolicies needs a reason: say why it is right that policies hide rows of items')
    }

    def "policies that come after the opening are noticed by the server, in whatever #kind"() {
        given:
        open('app')
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], ['label'], [])
        def lookup = ColumnLookup.open(database, TableName.of('items'), 'id', ['label'], [])
        def split = source.splits(1)[0]
        secure('items')

        when:
        ['a page': { source.read(split, split.after(), 5) }, 'a plan': { source.splits(3) }, 'some keys': { source.find(['1']) },
         'a lookup': { lookup.find(['1']) }][kind].call()

        then:
        def failure = thrown FatalFailure
        failure.message.contains('query would be affected by row-level security policy for table "items"')
        failure.message.endsWith("its policies would hide rows without a word: run as a role with bypassrls, or let the script say acceptPolicies '…' with the reason, where it names the table")

        where:
        kind << ['a page', 'a plan', 'some keys', 'a lookup']
    }

    def "a condition that asks another table under policies is refused"() {
        given:
        open('app')
        secure('parents')

        when:
        KeysetSource.open(database, TableName.of('items'), ['id'], [], ['exists (select from parents p where p.id = items.id)'])

        then:
        def failure = thrown FatalFailure
        failure.message.contains('for table "parents"')
        failure.message.contains('acceptPolicies')
    }

    def "#kind: writing goes by the policies, looking at rows for validate is refused unless that is accepted"() {
        given:
        open('app')
        secure('items')
        def sink = { PostgresDatabase to ->
            kind == 'update' ? UpdateSink.open(to, new Update(TableName.of('items'), ['id'], [], ['label'], Optional.empty(), []))
                : UpsertSink.open(to, Upsert.of(TableName.of('items'), ['id'], ['label']))
        }
        def records = [Row.of([id: 1, label: 'new'])]

        when:
        sink(database).held(records)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('acceptPolicies')

        and: 'the policies leave the odd ones'
        sink(database.acceptingPolicies('odd ones are ours')).held([Row.of([id: 1, label: 'new']), Row.of([id: 2, label: 'new'])])*.get('label') == ['label 1', null]
        sink(database).inspect()*.text().any { it.contains('a dry run and validate refuse to look') }

        where:
        kind << ['update', 'upsert']
    }
}
