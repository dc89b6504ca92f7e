package dev.backfill.postgres.connection

import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.engine.Plans
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.checkpoint.PostgresStore
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.sql.Connection


/** A server that was demoted in a failover takes no writes for a moment; the address then leads to another one. */
class DemotedServerSpec extends Specification {
    @Shared
    ConnectionSettings settings = PostgresServer.database()
    @Shared
    @AutoCleanup
    def sql = PostgresServer.sql(settings)
    @AutoCleanup
    PostgresDatabase database

    /** New connections take no writes, as those to a standby. */
    private void demoted(boolean on) {
        sql.execute "alter database $settings.database set default_transaction_read_only = ${on ? 'on' : 'off'}".toString()
    }

    def cleanup() {
        sql.execute 'set default_transaction_read_only = off'
        demoted(false)
    }

    def "a write that meets a demoted server is worth another try, which gets another connection"() {
        given: 'the tables are there, and the pool has connections to what is no primary any more'
        PostgresDatabase.open(settings, 2).withCloseable { before ->
            def store = new PostgresStore(before, 'orders')
            store.release(store.acquire(Plans.owner(1), AcquireCondition.ifFree()))
        }
        demoted(true)
        database = PostgresDatabase.open(settings, 2)
        def store = new PostgresStore(database, 'orders')

        when:
        store.acquire(Plans.owner(2), AcquireCondition.ifFree())

        then:
        def failure = thrown(TransientFailure)
        failure.message.contains('25006')
        failure.message.contains('check that this is the primary')

        when: 'another server has the address now'
        demoted(false)

        then:
        store.acquire(Plans.owner(2), AcquireCondition.ifFree()).epoch() > 0
    }

    def "what writes where it was only to read is a mistake, and is not tried again"() {
        given:
        demoted(false)
        database = PostgresDatabase.open(settings, 2)
        sql.execute 'create sequence if not exists numbers'

        when:
        database.read('reading numbers') { Connection connection ->
            connection.createStatement().withCloseable { it.executeQuery("select nextval('numbers')") }
        }

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('25006')
    }
}
