package dev.backfill.postgres.connection

import dev.backfill.connector.Fate
import dev.backfill.connector.Row
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** Through a pooler that lends a connection for one transaction, so that each may come to another session. */
@Requires(value = { PoolerSpec.pgbouncer() }, reason = 'pgbouncer is not installed here: apt-get install pgbouncer')
class PoolerSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared File folder = File.createTempDir()
    @Shared int port = new ServerSocket(0).withCloseable { it.localPort }
    @Shared Process pooler
    @Shared @AutoCleanup PostgresDatabase database

    def setupSpec() {
        def users = new File(folder, 'users.txt')
        users.text = '"postgres" "postgres"\n'
        def config = new File(folder, 'pgbouncer.ini')
        config.text = """
            [databases]
            * = host=127.0.0.1 port=${settings.port()}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = $port
            unix_socket_dir =
            auth_type = trust
            auth_file = $users.absolutePath
            pool_mode = transaction
            default_pool_size = 3
        """.stripIndent()
        pooler = start(config)
        waitFor { new Socket('127.0.0.1', port).close() }
        database = PostgresDatabase.open(PostgresServer.settings(settings.database(), '127.0.0.1', port), 4)
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items select id, 0 from generate_series(1, 400) as id'
    }

    def cleanupSpec() {
        pooler?.destroy()
        pooler?.waitFor()
        folder.deleteDir()
    }

    def "four at a time read and write through three sessions, again and again"() {
        given:
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], ['id', 'n'], [])
        def sink = UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), ['n']))
        def pool = Executors.newFixedThreadPool(4)
        def rows = SourceContract.walk(source, 7).collectMany { it.rows() }

        when:
        def writes = (0..3).collect { worker ->
            { -> (1..25).collect { sink.write(mine(rows, worker, it)).count(Fate.WRITTEN) } } as Callable
        }
        def written = pool.invokeAll(writes).collect { it.get() }

        then:
        rows.size() == 400
        written == [[100] * 25] * 4
        application.firstRow('select count(*) as rows, sum(n) as sum from items').values().toList() == [400, 400 * 25]

        cleanup:
        pool?.shutdownNow()
    }

    def "no setting of a transaction stays in the session for its next client"() {
        given:
        database.begin().withCloseable { it.commit() }
        database.read('looking') { null }
        def raw = PostgresServer.sql(PostgresServer.settings(settings.database(), '127.0.0.1', port))

        expect:
        raw.firstRow("select current_setting('lock_timeout') || current_setting('statement_timeout') || current_setting('transaction_read_only') as all").all == '00off'

        cleanup:
        raw?.close()
    }

    private static List<Row> mine(List<Row> rows, int worker, int n) {
        rows.findAll { it.id % 4 == worker }.collect { it.with([n: n]) }
    }

    /** It refuses to run as root, so it runs as nobody there. */
    private Process start(File config) {
        boolean root = System.getProperty('user.name') == 'root'
        if (root) {
            folder.setReadable(true, false)
            folder.setExecutable(true, false)
        }
        def command = [pgbouncer(), *(root ? ['-u', 'nobody'] : []), config.absolutePath]
        new ProcessBuilder(command*.toString()).redirectErrorStream(true).redirectOutput(new File(folder, 'log')).start()
    }

    private void waitFor(Closure attempt) {
        def deadline = System.nanoTime() + 10_000_000_000L
        while (true) {
            try {
                attempt()
                return
            } catch (IOException e) {
                assert pooler.alive && System.nanoTime() < deadline: new File(folder, 'log').text
            }
        }
    }

    /** Where it is installed; nothing if it is not. */
    static String pgbouncer() {
        (System.getenv('PATH').split(File.pathSeparator) + ['/usr/sbin', '/usr/local/sbin'])
            .collect { new File(it, 'pgbouncer') }.find { it.canExecute() }?.absolutePath
    }
}
