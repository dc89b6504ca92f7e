package dev.backfill.postgres.read

import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.Pooler
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

import java.time.OffsetDateTime

/** What every source promises, for tables with one sort of key. */
abstract class KeysetSourceContract extends SourceContract {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(reached(settings), 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    /** The way that the source takes to the server. */
    ConnectionSettings reached(ConnectionSettings settings) { settings }

    /** The key's columns with their types, as a table is made of them. */
    abstract Map<String, String> key()

    /** An expression for each of the key's columns, that gives another key for each number n. */
    abstract List<String> numbered()

    def setupSpec() {
        def columns = key().collect { name, type -> "${TableName.quoted(name)} $type" }.join(', ')
        application.execute "create table \"Odd items\" (name text, $columns, primary key (${names().join(', ')}))".toString()
    }

    @Override
    Source sourceOf(int records) {
        application.execute 'truncate "Odd items"'
        application.execute """insert into "Odd items" (name, ${names().join(', ')}) select 'name ' || n, ${numbered().join(', ')}
            from generate_series(1, $records) as n order by md5(n::text)""".toString()
        open('name')
    }

    @Override
    List<String> keys() {
        application.execute "set timezone = 'UTC'"
        def texts = names().collect { it + '::text' }.join(', ')
        def order = names().collect { '"Odd items".' + it }.join(', ')
        application.rows("select $texts from \"Odd items\" order by $order".toString())
            .collect { row -> KeyText.write(row.values() as List<String>) }
    }

    @Override
    Source misspelt() {
        open('nmae')
    }

    List<String> names() {
        key().keySet().collect { TableName.quoted(it) }
    }

    Source open(String column) {
        KeysetSource.open(database, TableName.of('Odd items'), key().keySet().toList(), [column], [])
    }
}

class BigintKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [id: 'bigint'] }
    /** Far apart, below zero too: texts of them would sort otherwise. */
    List<String> numbered() { ['(n - 5) * 1000000007::bigint'] }
}

class IntKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { ['Id with "quotes"': 'int'] }
    List<String> numbered() { ['n * 3'] }
}

class TextKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [id: 'text'] }
    List<String> numbered() { ["(array['a', 'B', '', 'c d', '[\"x\"]', 'ä', 'Z', 'it''s', '10', '9'])[n]"] }
}

class CollatedTextKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [id: 'varchar(20) collate "de-x-icu"'] }
    List<String> numbered() { ["(array['a', 'B', '', 'c', 'b', 'ä', 'Z', 'A-1', 'A1', 'á'])[n]"] }

    def "the order is the column's own, which Java and plain bytes do not share"() {
        when:
        def source = sourceOf(10)
        def found = walk(source, 2).collectMany { it.rows() }.collect { source.key(it) }

        then:
        found == ['', 'a', 'á', 'ä', 'A1', 'A-1', 'b', 'B', 'c', 'Z'] || found == ['', 'a', 'á', 'ä', 'A-1', 'A1', 'b', 'B', 'c', 'Z']
        found != found.sort(false)
    }
}

class UuidKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [id: 'uuid'] }
    List<String> numbered() { ['md5(n::text)::uuid'] }
}

class TimestamptzKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [at: 'timestamptz'] }
    List<String> numbered() { ["timestamptz '2024-03-31 00:59:59.999999+01' + n * interval '1 microsecond'"] }
    /** As Java writes times. */
    List<String> keys() { super.keys().collect { OffsetDateTime.parse(it.replace(' ', 'T') + ':00').toString() } }
}

class NumericKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [id: 'numeric'] }
    List<String> numbered() { ['n / 4.0'] }
}

class DomainKeySourceSpec extends KeysetSourceContract {
    def setupSpec() {
        // The table of the contract is made before this; so the column gets its type afterwards.
        application.execute 'create domain code as bytea'
        application.execute 'alter table "Odd items" alter column id type code'
    }

    Map<String, String> key() { [id: 'bytea'] }
    List<String> numbered() { ["decode(md5(n::text), 'hex')"] }
}

class CompositeKeySourceSpec extends KeysetSourceContract {
    Map<String, String> key() { [tenant: 'text', 'at day': 'date', id: 'bigint'] }
    /** Many with the same first parts, so that pages end between them. */
    List<String> numbered() { ["'t \"' || n / 6", "date '2024-02-28' + n / 3", 'n * 7'] }
}

@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PooledTextKeySourceSpec extends TextKeySourceSpec {
    ConnectionSettings reached(ConnectionSettings settings) { Pooler.before(settings) }
}

@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PooledCompositeKeySourceSpec extends CompositeKeySourceSpec {
    ConnectionSettings reached(ConnectionSettings settings) { Pooler.before(settings) }
}
