package dev.backfill.run

import dev.backfill.checkpoint.Owner
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant

/** A process is known by its id and by what no clock can change. */
class ThisMachineSpec extends Specification {
    private static final long PID = ProcessHandle.current().pid()

    @TempDir
    Path proc

    private ThisMachine linux(String boot, String namespace, Map<Long, String> stats) {
        def root = Files.createDirectories(proc.resolve("$boot-$namespace"))
        Files.writeString(Files.createDirectories(root.resolve('sys/kernel/random')).resolve('boot_id'), "$boot\n")
        Files.createDirectories(root.resolve('self/ns'))
        Files.deleteIfExists(root.resolve('self/ns/pid'))
        Files.createSymbolicLink(root.resolve('self/ns/pid'), Path.of(namespace))
        stats.each { pid, stat -> Files.writeString(Files.createDirectories(root.resolve("$pid")).resolve('stat'), stat) }
        new ThisMachine(root, { Optional.empty() })
    }

    private static String stat(String name, long ticks) {
        "$PID ($name) S ${(4..21).join(' ')} $ticks ${(23..52).join(' ')}\n"
    }

    @Requires({ os.linux })
    def "this process is alive, and known by the ticks since the boot, which setting the clock does not change"() {
        given:
        def machine = new ThisMachine()
        def owner = machine.owner(Instant.now())
        def stat = Files.readString(Path.of('/proc/self/stat'))

        expect:
        machine.alive(owner)
        new ThisMachine().alive(owner)
        new ThisMachine().owner(Instant.now()).machine() == owner.machine()
        owner.processStart() == Instant.ofEpochMilli(10 * (stat.substring(stat.lastIndexOf(')') + 2).split(' ')[19] as long))
    }

    def "another process is alive until it ends"() {
        given:
        def child = new ProcessBuilder('cat').start()
        def machine = new ThisMachine()
        def self = machine.owner(Instant.now())
        def owner = new Owner(self.host(), self.machine(), child.pid(), Instant.EPOCH, 'x', Instant.EPOCH)

        expect:
        machine.alive(owner)

        when:
        child.outputStream.close()
        child.waitFor()

        then:
        !machine.alive(owner)
    }

    def "a process that started a tick earlier or later is another one, whatever it is called"() {
        given:
        def owner = linux('boot', 'pid:[1]', [(PID): stat(name, 4711)]).owner(Instant.now())

        expect:
        owner.processStart() == Instant.ofEpochMilli(47110)
        linux('boot', 'pid:[1]', [(PID): stat('java', 4711)]).alive(owner)
        !linux('boot', 'pid:[1]', [(PID): stat('java', 4712)]).alive(owner)
        !linux('boot', 'pid:[1]', [(PID): stat('java', 4710)]).alive(owner)

        where:
        name << ['java', 'a (b) c', ') 1 2 3', 'x\ny']
    }

    def "a process whose start is hidden may be the one, so it counts as alive"() {
        given:
        def owner = linux('boot', 'pid:[1]', [(PID): stat('java', 4711)]).owner(Instant.now())

        expect:
        linux('boot', 'pid:[2]', [:]).alive(owner)
        linux('boot', 'pid:[3]', [(PID): 'nonsense']).alive(owner)
    }

    def "machines are the same with the same boot and namespace only"() {
        given:
        def one = linux('boot', 'pid:[1]', [:]).owner(Instant.now()).machine()

        expect:
        linux('boot', 'pid:[1]', [:]).owner(Instant.now()).machine() == one
        linux('boot', 'pid:[2]', [:]).owner(Instant.now()).machine() != one
        linux('other', 'pid:[1]', [:]).owner(Instant.now()).machine() != one
    }

    def "where the system shows no processes, a machine is known by the name of its boot, else by nothing"() {
        given:
        def machine = { Optional<String> session -> new ThisMachine(proc.resolve('none'), { session }).owner(Instant.now()).machine() }

        expect: 'two laptops with one host name are two'
        machine(Optional.of('1b')) == machine(Optional.of('1b'))
        machine(Optional.of('1b')) != machine(Optional.of('2c'))
        machine(Optional.empty()) != machine(Optional.empty())

        and: 'a process there is still known by when it started'
        def there = new ThisMachine(proc.resolve('none'), { Optional.of('1b') })
        there.alive(there.owner(Instant.now()))
        !there.alive(new Owner('h', 'm', PID, Instant.parse('2001-01-01T00:00:00Z'), 'u', Instant.EPOCH))
    }
}
