package dev.backfill.postgres

import dev.backfill.postgres.connection.ConnectionSettings

import java.util.concurrent.locks.LockSupport

/** One pgbouncer before {@link PostgresServer} for all specs of a run: it lends each connection for one transaction. */
class Pooler {
    static final String HOW = 'pgbouncer is not installed here: apt-get install pgbouncer'
    private static Process process
    private static int port

    /** The way through the pooler to the same database. */
    static synchronized ConnectionSettings before(ConnectionSettings settings) {
        if (process == null) {
            begin()
        }
        PostgresServer.settings(settings.database(), '127.0.0.1', port)
    }

    /** Whether these settings lead through the pooler. */
    static synchronized boolean isWay(ConnectionSettings to) {
        process != null && to.port() == port
    }

    /** Where it is installed; null if it is not. */
    static String program() {
        (System.getenv('PATH').split(File.pathSeparator) + ['/usr/sbin', '/usr/local/sbin'])
            .collect { new File(it, 'pgbouncer') }.find { it.canExecute() }?.absolutePath
    }

    private static void begin() {
        def folder = File.createTempDir()
        port = new ServerSocket(0).withCloseable { it.localPort }
        process = start(folder)
        addShutdownHook {
            process.destroy()
            process.waitFor()
            folder.deleteDir()
        }
        def deadline = System.nanoTime() + 10_000_000_000L
        while (!answers()) {
            assert process.alive && System.nanoTime() < deadline: new File(folder, 'log').text
            LockSupport.parkNanos(20_000_000)
        }
    }

    /** It refuses to run as root, so it runs as nobody there. */
    private static Process start(File folder) {
        boolean root = System.getProperty('user.name') == 'root'
        if (root) {
            folder.setReadable(true, false)
            folder.setExecutable(true, false)
        }
        def command = [program(), *(root ? ['-u', 'nobody'] : []), configuration(folder).absolutePath]
        new ProcessBuilder(command*.toString()).redirectErrorStream(true).redirectOutput(new File(folder, 'log')).start()
    }

    private static File configuration(File folder) {
        def users = new File(folder, 'users.txt')
        users.text = ['postgres', 'guest', 'runner'].collect { "\"$it\" \"$it\"\n" }.join()
        def file = new File(folder, 'pgbouncer.ini')
        file.text = """
            [databases]
            * = host=127.0.0.1 port=${PostgresServer.port()}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = $port
            unix_socket_dir =
            auth_type = trust
            auth_file = $users.absolutePath
            pool_mode = transaction
            default_pool_size = 3
        """.stripIndent()
        file
    }

    private static boolean answers() {
        try {
            new Socket('127.0.0.1', port).close()
            true
        } catch (IOException ignored) {
            false
        }
    }
}
