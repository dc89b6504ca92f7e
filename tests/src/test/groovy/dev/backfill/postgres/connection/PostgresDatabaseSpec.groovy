package dev.backfill.postgres.connection

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.plan.Secret
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.sql.SQLException

class PostgresDatabaseSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute 'create table items (id int primary key, name varchar(5) not null)'
        application.execute "insert into items values (1, 'one')"
    }

    def "a transaction is a guest: it waits two seconds for a lock, and is on disk when it is committed"() {
        when:
        def transaction = database.begin()
        def guest = show(transaction, 'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'synchronous_commit', 'TimeZone', 'application_name')
        transaction.close()

        then:
        guest == ['2s', '30s', '10s', 'on', 'Etc/UTC', 'backfill'] // the zone of the server's own files
    }

    def "nothing of a transaction's settings stays with the connection"() {
        given:
        def raw = database.dataSource().connection
        def before = show(raw, 'lock_timeout', 'statement_timeout', 'synchronous_commit')
        raw.close()

        when:
        database.begin().withCloseable { it.commit() }
        raw = database.dataSource().connection

        then:
        show(raw, 'lock_timeout', 'statement_timeout', 'synchronous_commit') == before

        cleanup:
        raw?.close()
    }

    def "durability is never less than what the server does anyway"() {
        given:
        application.execute "alter database ${settings.database()} set synchronous_commit = remote_apply".toString()

        when:
        def other = PostgresDatabase.open(PostgresServer.settings(settings.database()), 1)
        def transaction = other.begin()

        then:
        show(transaction, 'synchronous_commit') == ['remote_apply']

        cleanup:
        transaction?.close()
        other?.close()
        application.execute "alter database ${settings.database()} reset synchronous_commit".toString()
    }

    def "what is not committed is undone"() {
        when:
        database.begin().withCloseable { it.connection().createStatement().execute("update items set name = 'two'") }

        then:
        application.firstRow('select name from items').name == 'one'
    }

    def "reading cannot write, not even through a function"() {
        when:
        database.read('reading items') { it.createStatement().execute("update items set name = 'two'") }

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith('reading items: cannot execute UPDATE in a read-only transaction (SQLSTATE 25006)')
    }

    def "opened for looking only, it refuses every write, whoever asks for it"() {
        given:
        def looking = PostgresDatabase.open(settings, 2, true)
        def script = new Sql(looking.dataSource())

        when:
        write.call(looking, script)

        then:
        def refused = thrown SQLException
        refused.SQLState == '25006'
        script.firstRow('select name from items').name == 'one'
        application.firstRow('select count(*) as n from items').n == 1

        cleanup:
        looking?.close()

        where:
        write << [
            { PostgresDatabase database, Sql sql -> sql.execute "insert into items values (2, 'two')" },
            { PostgresDatabase database, Sql sql -> sql.withTransaction { sql.execute "update items set name = 'two'" } },
            { PostgresDatabase database, Sql sql -> database.begin().withCloseable { it.connection().createStatement().execute("update items set name = 'two'") } },
        ]
    }

    def "a failure tells what was done, what the server said, and what to do next"() {
        when:
        run(statement)

        then:
        def failure = thrown Exception
        failure.class == kind
        failure.message.startsWith("changing items: ")
        failure.message.contains(says)

        where:
        statement                                          | kind             | says
        "update items set name = 'too long'"               | RejectedFailure  | 'value too long for type character varying(5) (SQLSTATE 22001)'
        'update items set name = null'                     | RejectedFailure  | '(SQLSTATE 23502)'
        "insert into items values (1, 'x')"                | RejectedFailure  | 'Key (id)=(1) already exists.'
        "do \$\$ begin raise 'no stock'; end \$\$"         | RejectedFailure  | 'no stock'
        'update orders set x = 1'                          | FatalFailure     | 'check the name of the table'
        'update items set nome = 1'                        | FatalFailure     | 'check the names of the columns'
        'selec 1'                                          | FatalFailure     | 'check what the script names'
        "set local statement_timeout = 1; select pg_sleep(5)" | TransientFailure | '(SQLSTATE 57014)'
        "do \$\$ begin raise sqlstate '53100'; end \$\$"   | FatalFailure     | 'free space'
        "do \$\$ begin raise sqlstate '53300'; end \$\$"   | ThrottledFailure | '(SQLSTATE 53300); the run waits until others close theirs'
        "do \$\$ begin raise sqlstate '40P01'; end \$\$"   | TransientFailure | '(SQLSTATE 40P01)'
        "do \$\$ begin raise sqlstate '40001'; end \$\$"   | TransientFailure | '(SQLSTATE 40001)'
    }

    def "a row that the application holds is waited for two seconds, and is tried again later"() {
        given:
        application.connection.autoCommit = false
        application.execute 'select * from items for update'

        when:
        run("update items set name = 'two'")

        then:
        def failure = thrown TransientFailure
        failure.message.contains('canceling statement due to lock timeout')

        cleanup:
        application.rollback()
        application.connection.autoCommit = true
    }

    def "a connection that the server ends is a passing failure, and the next transaction has another one"() {
        when:
        run('select pg_terminate_backend(pg_backend_pid())')

        then:
        def failure = thrown TransientFailure
        failure.message.contains('SQLSTATE 57P01')

        when:
        run('select 1')

        then:
        noExceptionThrown()
    }

    def "a start that cannot succeed says at once what to look at"() {
        when:
        PostgresDatabase.open(wrong, 2)

        then:
        def failure = thrown FatalFailure
        failure.message.contains("connecting to $wrong.database on $wrong.host:$wrong.port".toString())
        failure.message.contains(hint)
        !failure.message.contains('hunter2')

        where:
        wrong                                                                        | hint
        PostgresServer.settings('nowhere')                                           | 'database "nowhere" does not exist (SQLSTATE 3D000); check the name of the database'
        PostgresServer.settings('postgres', 'no-such-host.invalid')                  | 'there is no host of that name'
        PostgresServer.settings('postgres', '127.0.0.1', freePort())                 | 'nothing listens there'
        PostgresServer.settings('postgres').with('sslmode', 'require')               | 'DB_SSLMODE=disable'
        PostgresServer.settings('postgres').with('sslmode', 'perhaps')               | 'perhaps'
        PostgresServer.settings('postgres').with('no such option', '1')              | 'no such option'
    }

    def "a wrong password is told as one, and never printed"() {
        given:
        application.execute "create role guest login password 'right'"
        def wrong = new ConnectionSettings('127.0.0.1', PostgresServer.port(), settings.database(), 'guest', new Secret('X', 'hunter2'), [:])
        def trusted = PostgresServer.demandPasswords()

        when:
        PostgresDatabase.open(wrong, 2)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('as guest: password authentication failed for user "guest" (SQLSTATE 28P01); check user and password')
        !failure.toString().contains('hunter2') && !wrong.toString().contains('hunter2')

        cleanup:
        trusted?.call()
        application.execute 'drop role guest'
    }

    private void run(String statement) {
        def transaction = database.begin()
        try {
            transaction.connection().createStatement().execute(statement)
        } catch (SQLException e) {
            throw PostgresFailures.of(e, 'changing items')
        } finally {
            transaction.close()
        }
    }

    private static List<String> show(PostgresTransaction transaction, String... names) {
        show(transaction.connection(), names)
    }

    private static List<String> show(java.sql.Connection connection, String... names) {
        names.collect { name ->
            def rows = connection.createStatement().executeQuery("show $name")
            rows.next()
            rows.getString(1)
        }
    }

    private static int freePort() {
        new ServerSocket(0).withCloseable { it.localPort }
    }
}
