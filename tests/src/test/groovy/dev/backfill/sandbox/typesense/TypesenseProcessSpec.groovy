package dev.backfill.sandbox.typesense

import spock.lang.Requires
import spock.lang.Timeout

import java.nio.file.Path
import java.util.concurrent.TimeUnit

@Requires(value = { SearchServers.realPresent }, reason = SearchServers.NO_SERVER)
class TypesenseProcessSpec extends TypesenseContract {
    @Override
    SearchServer getServer() {
        SearchServers.real
    }

    def 'a server that cannot start says why, and leaves nothing behind'() {
        when:
        TypesenseProcess.start(Path.of('/bin/false'), 'k')

        then:
        def e = thrown(IllegalStateException)
        e.message.contains('the process has ended')
    }

    @Timeout(60)
    def 'a server whose owner is killed with -9 ends too'() {
        given: 'a process that starts a server and tells where'
        def program = """
            import dev.backfill.sandbox.typesense.TypesenseProcess
            def server = TypesenseProcess.start(TypesenseProcess.program(System.getenv()).get(), 'k')
            println "started \${server.port()}"
            System.in.read()
        """
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def owner = new ProcessBuilder(java, '-cp', System.getProperty('java.class.path'), 'groovy.ui.GroovyMain', '-e', program)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        def port = owner.inputReader().lines().filter { it.startsWith('started') }.findFirst().get().tokenize().last() as int
        assert listens(port)

        when:
        owner.destroyForcibly().waitFor()
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
        while (listens(port) && System.nanoTime() < deadline) {
            Thread.onSpinWait()
        }

        then:
        !listens(port)
    }

    private static boolean listens(int port) {
        try {
            new Socket(InetAddress.loopbackAddress, port).withCloseable { true }
        } catch (ConnectException ignored) {
            false
        } catch (SocketException ignored) {
            true // it was still there to cut this one off
        }
    }
}
