package dev.backfill.postgres.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.Row
import dev.backfill.letter.Payload
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** A record that went through a dead letter is the one that the table gives. */
class RestoredRowSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    private KeysetSource source(String... columns) {
        KeysetSource.open(database, TableName.of('originals'), ['id'], columns.toList(), [])
    }

    private void fill(String type, String value) {
        sql.execute 'drop table if exists originals'
        sql.execute "create table originals (id int primary key, v $type)".toString()
        sql.execute "insert into originals values (1, $value)".toString()
    }

    private static Row read(KeysetSource source) {
        source.read(source.splits(1)[0], Cursor.start(), 10).rows()[0]
    }

    def "#type #value comes back as it was read"() {
        given:
        fill(type, value)
        def source = source('v')
        def row = read(source)

        when:
        def restored = source.restored(Payload.fields(Payload.of(row)))

        then:
        restored.columns() == row.columns()
        same(restored.v, row.v)
        restored.id == 1

        where:
        type               | value
        'smallint'         | '7'
        'bigint'           | '9223372036854775807'
        'numeric'          | '12345678901234567890.1234567890123456789'
        'numeric(10,2)'    | '5.00'
        'numeric'          | "'NaN'"
        'money'            | '12.34'
        'real'             | '0.1'
        'float8'           | '1e300'
        'float8'           | "'-0'"
        'float8'           | "'-Infinity'"
        'boolean'          | 'true'
        'text'             | "'x\"\\\\ü'"
        'char(5)'          | "'ab'"
        'uuid'             | "'00000000-0000-0000-0000-00000000000a'"
        'timestamptz'      | "'2026-01-01 00:00+02'"
        'timestamptz'      | "'infinity'"
        'timestamptz'      | "'0044-03-15 12:00:00+00 BC'"
        'timestamp'        | "'2026-01-01 00:00:00.123456'"
        'timestamp'        | "'-infinity'"
        'date'             | "'12026-01-31'"
        'date'             | "'infinity'"
        'time'             | "'24:00'"
        'time'             | "'00:00'"
        'timetz'           | "'12:30+05:30'"
        'interval'         | "'1 day 2 hours'"
        'bytea'            | "'\\x00ff10'"
        'bytea'            | "''"
        'jsonb'            | "'{\"a\": [1, null]}'"
        'int[]'            | "'{1,NULL,3}'"
        'int[]'            | "'{{1,2},{3,4}}'"
        'int[]'            | "'{}'"
        'numeric[]'        | "'{1.50,NaN,12345678901234567890.5}'"
        'timestamptz[]'    | "'{2026-01-01 00:00+00,infinity}'"
        'uuid[]'           | "'{00000000-0000-0000-0000-00000000000a}'"
        'bytea[]'          | "array['\\x00ff'::bytea]"
        'jsonb[]'          | "array['{\"a\": 1}'::jsonb]"
        'text[]'           | "'{\"a,b\",NULL,\"\"}'"
        'int4range'        | "'[1,5)'"
        'numeric'          | 'null'
        'int[]'            | 'null'
    }

    def "a letter from before a column was selected is skipped with the reason, and a column that is read no more is left out"() {
        given:
        fill('text', "'x'")

        when:
        source('v').restored([id: 1L])

        then:
        def missing = thrown IllegalArgumentException
        missing.message.contains('has no v')

        expect:
        source().restored([id: 1L, v: 'x']) == [id: 1]
    }

    def "a value that the column cannot have given is skipped with the reason"() {
        given:
        fill('int', '1')

        when:
        source('v').restored([id: 1L, v: 'many'])

        then:
        def unfit = thrown IllegalArgumentException
        unfit.message.contains('not of the type integer')
    }

    private static boolean same(Object restored, Object read) {
        if (read instanceof List) {
            return restored instanceof List && restored.size() == read.size() && [restored, read].transpose().every { same(it[0], it[1]) }
        }
        read instanceof byte[] ? Arrays.equals(restored as byte[], read) : Objects.equals(restored?.class, read?.class) && restored.equals(read)
    }
}
