package dev.backfill.postgres.read

import dev.backfill.connector.Lookup
import dev.backfill.connector.LookupContract
import dev.backfill.connector.Row
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared

/** Rows by a column of one type. */
abstract class ColumnLookupContract extends LookupContract {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    abstract String type()

    @Override
    Lookup lookupOver(Collection<Integer> numbers) {
        application.execute 'drop table if exists things'
        application.execute "create table things (id ${type()} primary key, number int)".toString()
        numbers.each { number -> application.execute "insert into things values (cast(? as ${type()}), ?)".toString(), [value(number), number] }
        ColumnLookup.open(database, TableName.of('things'), 'id', ['number'], [])
    }

    @Override
    Object found(int number) { number }

    @Override
    Object shown(Row row) { row.number }
}

class TextLookupSpec extends ColumnLookupContract {
    String type() { 'text' }
    String value(int number) { "thing $number" }
}

class NumberLookupSpec extends ColumnLookupContract {
    String type() { 'int' }
    String value(int number) { number }
    List<String> impossible() { super.impossible() + ['1.5', '99999999999', 'NaN'] }
}

class UuidLookupSpec extends ColumnLookupContract {
    String type() { 'uuid' }
    String value(int number) { new UUID(7, number) }
    List<String> impossible() { super.impossible() + ['1-1-1-1-1'] }
}

class DateLookupSpec extends ColumnLookupContract {
    String type() { 'date' }
    String value(int number) { java.time.LocalDate.EPOCH.plusDays(number) }
    List<String> impossible() { super.impossible() + ['2026-02-30', 'tomorrow'] }
}

class RangeLookupSpec extends ColumnLookupContract {
    String type() { 'int4range' }
    String value(int number) { "[$number,${number + 1})" }
    List<String> impossible() { super.impossible() + ['[9,1)'] }
}

class TimeLookupSpec extends ColumnLookupContract {
    String type() { 'timestamptz' }
    String value(int number) { java.time.Instant.EPOCH.plusSeconds(number) }
    List<String> impossible() { super.impossible() + ['2026-02-30T00:00:00Z', '25:61'] }
}
