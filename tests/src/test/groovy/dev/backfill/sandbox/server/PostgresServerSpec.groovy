package dev.backfill.sandbox.server

import groovy.sql.Sql
import java.nio.file.Files
import java.nio.file.Path
import java.sql.SQLException
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.Timeout

class PostgresServerSpec extends Specification {

    def "a server answers where its variables say, and is gone after close"() {
        given:
        def server = PostgresServer.start()

        expect:
        ask(server.variables(), "select lower('\u00c4B')") == '\u00e4b'
        server.describe().contains("17.7 on 127.0.0.1:${server.port()}")

        when:
        server.close()
        ask(server.variables(), 'select 1')

        then:
        thrown(SQLException)
    }

    @Timeout(60)
    def "a server whose owner is killed with -9 ends too, and its folder goes"() {
        given: 'a process that starts a server and tells where'
        def program = """
            def server = dev.backfill.sandbox.server.PostgresServer.start()
            println "started \${server.port()} \${server.folder.path()}"
            System.in.read()
        """
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def owner = new ProcessBuilder(java, '-cp', System.getProperty('java.class.path'), 'groovy.ui.GroovyMain', '-e', program)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        def told = owner.inputReader().lines().filter { it.startsWith('started') }.findFirst().get().tokenize().drop(1)
        def variables = [DB_HOST: '127.0.0.1', DB_PORT: told[0], DB_DATABASE: 'postgres', DB_USER: 'postgres', DB_PASSWORD: 'any']
        assert ask(variables, 'select 1') == 1

        when:
        owner.destroyForcibly().waitFor()

        then:
        eventually { !Files.exists(Path.of(told[1])) }

        when:
        ask(variables, 'select 1')

        then:
        thrown(SQLException)
    }

    private static ask(Map<String, String> variables, String query) {
        def url = variables.with { "jdbc:postgresql://$DB_HOST:$DB_PORT/$DB_DATABASE?user=$DB_USER&password=$DB_PASSWORD" }
        Sql.newInstance(url.toString()).withCloseable { Sql sql -> sql.firstRow(query)[0] }
    }

    private static boolean eventually(Closure<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
        while (!condition() && System.nanoTime() < deadline) {
            Thread.onSpinWait()
        }
        condition()
    }
}
