package dev.backfill.fault

import dev.backfill.plan.Secret
import dev.backfill.postgres.connection.ConnectionSettings

/** A PostgreSQL as distributions install it, with fsync on, that can be started again under load. */
class DurablePostgres implements AutoCloseable {
    static final String HOW = 'no PostgreSQL in /usr/lib/postgresql, or no user postgres to run it: apt-get install postgresql'

    final int port = new ServerSocket(0).withCloseable { it.localPort }
    private final File folder = File.createTempDir()

    DurablePostgres() {
        folder.deleteDir()
        run('initdb', '-A', 'trust', '-U', 'postgres', '-D', data)
        control('start')
    }

    static File programs() {
        def found = new File('/usr/lib/postgresql').listFiles()?.collect { new File(it, 'bin') }?.findAll { new File(it, 'initdb').canExecute() }
        found ? found.max { it.parentFile.name as double } : null
    }

    /** It refuses to run as root. */
    static boolean isHere() {
        programs() != null && (System.getProperty('user.name') != 'root' || ['id', 'postgres'].execute().waitFor() == 0)
    }

    private String getData() { folder.absolutePath }

    ConnectionSettings settings(int through = port) {
        new ConnectionSettings('127.0.0.1', through, 'postgres', 'postgres', new Secret('DB_PASSWORD', ''), [:])
    }

    /**
     * @param how fast: connections are ended; immediate: as in a crash
     */
    void restart(String how) {
        control('restart', '-m', how)
    }

    private void control(String... what) {
        run('pg_ctl', '-D', data, '-w', '-t', '60', '-l', "${data}.log", '-o', "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", *what)
    }

    private static void run(String program, String... arguments) {
        def user = System.getProperty('user.name') == 'root' ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
        def process = new ProcessBuilder([*user, "${programs()}/$program" as String, *arguments]*.toString())
            .directory(new File('/tmp')).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
        assert process.waitFor() == 0: "$program $arguments"
    }

    @Override
    void close() {
        control('stop', '-m', 'immediate')
        folder.deleteDir()
        new File("${data}.log").delete()
    }
}
