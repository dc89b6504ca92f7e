package dev.backfill.scripts

import dev.backfill.fault.FullCheck
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.charset.StandardCharsets
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/**
 * Many lots in little memory, with every statement counted on its way, those that begin and end a transaction too. A million in
 * the full check, or with -Dlots=1000000.
 */
@Timeout(900)
class ManyLotsSpec extends Specification {
    static final int LOTS = (System.getProperty('lots') ?: (FullCheck.asked ? '1000000' : '100000')) as int
    /** Statements of the start and the end, which are as many for a hundred lots; at a million they are within the limit. */
    static final int AROUND = LOTS < 1_000_000 ? 100 : 0

    @TempDir
    Path folder

    @AutoCleanup WarehouseSandbox sandbox = WarehouseSandbox.filled(null, 400)

    /** Hands on what is said between the script and PostgreSQL, and counts what the script has carried out. */
    static class Counting implements AutoCloseable {
        final ServerSocket socket = new ServerSocket(0, 20, InetAddress.loopbackAddress)
        final AtomicInteger statements = new AtomicInteger()
        final Map<String, Integer> carriedOut = new ConcurrentHashMap<>()

        Counting(int port) {
            Thread.startDaemon {
                try {
                    while (true) {
                        def client = socket.accept()
                        def server = new Socket(InetAddress.loopbackAddress, port)
                        Thread.startDaemon { pump { server.inputStream.transferTo(client.outputStream) } }
                        Thread.startDaemon { pump { count(new DataInputStream(new BufferedInputStream(client.inputStream)), new DataOutputStream(new BufferedOutputStream(server.outputStream))) } }
                    }
                } catch (SocketException ignored) {
                    // closed: the spec is over
                }
            }
        }

        private static void pump(Closure work) {
            try {
                work()
            } catch (IOException ignored) {
                // one of the two has gone
            }
        }

        /** What was carried out how often, by its first words. */
        String told() {
            carriedOut.sort { -it.value }.collect { "${it.value.toString().padLeft(7)} $it.key" }.join('\n')
        }

        /** The first message has no type; a P prepares a statement, a B binds one, an E executes it, a Q is one by itself. */
        private void count(DataInputStream from, DataOutputStream to) {
            int length = from.readInt()
            to.writeInt(length)
            to.write(from.readNBytes(length - 4))
            to.flush()
            Map<String, String> prepared = [:]
            String bound = ''
            for (int type = from.read(); type >= 0; type = from.read()) {
                length = from.readInt()
                byte[] body = from.readNBytes(length - 4)
                def texts = new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8).split('\0', 3)
                if (type == ('P' as char)) {
                    prepared[texts[0]] = texts[1]
                } else if (type == ('B' as char)) {
                    bound = texts[1]
                } else if (type == ('E' as char) || type == ('Q' as char)) {
                    statements.incrementAndGet()
                    carriedOut.merge(type == ('Q' as char) ? texts[0] : prepared[bound] ?: bound, 1, Integer::sum)
                }
                to.write(type)
                to.writeInt(length)
                to.write(body)
                if (from.available() == 0) {
                    to.flush()
                }
            }
        }

        @Override
        void close() {
            socket.close()
        }
    }

    private void write(Path lake) {
        lake.toFile().mkdirs()
        lake.resolve('warehouses.json').toFile().text = groovy.json.JsonOutput.toJson([warehouses: sandbox.relbase().get().stock().warehouses()])
        def ids = sandbox.relbase().get().stock().warehouses()*.id
        int each = LOTS.intdiv(400 * 13) + 1
        lake.resolve('warehouse_stock_lots.json').toFile().withWriter { out ->
            out << '{"source":"relbase","stock_records":['
            int lot = 0
            (0..<400 * 13).each { n ->
                out << (n ? ',' : '') << "{\"product_id\":${5001 + n % 400},\"warehouse_id\":${ids[n.intdiv(400)]},\"lots\":["
                for (int i = 0; i < each && lot < LOTS; i++, lot++) {
                    out << (i ? ',' : '') << "{\"lot_serial_number\":\"L$i\",\"stock\":${lot % 90},\"expiration_date\":\"2027-0${1 + i % 9}-1${i % 9}\"}"
                }
                out << ']}'
            }
            out << ']}'
        }
    }

    def "many lots are loaded in 96 MB, with at most 3 statements for each 1,000"() {
        given:
        def lake = folder.resolve('lake')
        write(lake)
        def line = new Counting(sandbox.postgres().port())
        def variables = sandbox.variables([DATABASE_URL: "postgres://postgres:x@127.0.0.1:${line.socket.localPort}/postgres?sslmode=disable" as String])

        when:
        def log = folder.resolve('log').toFile()
        def begun = System.nanoTime()
        def process = ScriptMain.start(WarehouseSandbox.SCRIPT, ['upload', '--output-dir', lake as String], variables, log,
                '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx96m')
        process.waitFor(800, TimeUnit.SECONDS)
        println "ManyLotsSpec: $LOTS lots, ${line.statements} statements, ${(System.nanoTime() - begun) / 1e9 as int} s"
        println line.told()

        then:
        process.exitValue() == 0
        sandbox.sql { it.firstRow("select count(*) as n from warehouse_stock where updated_by = 'relbase_api'").n } == LOTS
        line.statements.get() <= 3 * LOTS.intdiv(1000) + AROUND
        cleanup:
        line.close()
    }
}
