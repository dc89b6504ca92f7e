package dev.backfill.postgres

import dev.backfill.plan.Secret
import dev.backfill.postgres.connection.ConnectionSettings
import groovy.sql.Sql
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres

import java.time.Duration

/**
 * One PostgreSQL for all specs of a run, started when the first needs it; each spec makes a database of its own. The full
 * check takes the specs of PostgreSQL a second time, with backfill.pooled: then what is tried comes through a pooler, and what
 * the spec does itself, as the application does, still straight.
 */
class PostgresServer {
    private static EmbeddedPostgres server
    private static int databases

    static synchronized int port() {
        if (server == null) {
            server = builder().start()
            addShutdownHook { server.close() }
        }
        server.port
    }

    /** A server of a spec's own; one that starts while the disk is busy is waited for. */
    static EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1))
    }

    /** An empty database, by the way to it. */
    static synchronized ConnectionSettings database() {
        def name = "spec_${port()}_${++databases}" as String
        sql(settings('postgres')).withCloseable { it.execute "create database $name".toString() }
        isPooled() ? Pooler.before(settings(name)) : settings(name)
    }

    static boolean isPooled() {
        System.getProperty('backfill.pooled') == 'true' && Pooler.program()
    }

    static ConnectionSettings settings(String database, String host = '127.0.0.1', int port = port()) {
        new ConnectionSettings(host, port, database, 'postgres', new Secret('DB_PASSWORD', 'postgres'), [:])
    }

    /** A connection of the spec's own, as the application has one; the caller closes it. */
    static Sql sql(ConnectionSettings to) {
        straight(Pooler.isWay(to) ? settings(to.database()) : to)
    }

    /** The same, by no other way than these settings say. */
    static Sql straight(ConnectionSettings to) {
        Sql.newInstance("jdbc:postgresql://$to.host:$to.port/$to.database", to.user, to.password.reveal(), 'org.postgresql.Driver')
    }

    /** From now on the server asks for passwords, until the closure given back is called. */
    static Closure demandPasswords() {
        def admin = sql(settings('postgres'))
        admin.execute "alter role postgres password 'postgres'"
        def rules = new File(admin.firstRow('show hba_file').hba_file as String)
        def trusting = rules.text
        rules.text = trusting.replace('trust', 'scram-sha-256')
        admin.execute 'select pg_reload_conf()'
        return {
            rules.text = trusting
            admin.execute 'select pg_reload_conf()'
            admin.close()
        }
    }
}
