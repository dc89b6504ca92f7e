package dev.backfill.scripts

import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** The script for cron, with something else in the place of JBang. */
@Timeout(60)
class SyncScriptSpec extends Specification {
    @TempDir
    Path folder

    private Path getLake() { folder.resolve('lake') }

    private Path getLock() { lake.resolve('sync.lock') }

    def setup() {
        Files.createDirectories(folder.resolve('scripts'))
        Files.copy(Path.of('..', 'scripts', 'sync_warehouse_daily.sh'), folder.resolve('scripts/sync_warehouse_daily.sh'))
        folder.resolve('scripts/sync_warehouse_daily.sh').toFile().executable = true
    }

    private void jbang(String text) {
        def file = folder.resolve('jbang').toFile()
        file.text = "#!/bin/sh\n$text\n"
        file.executable = true
    }

    private Process start(String... arguments) {
        def builder = new ProcessBuilder(['sh', folder.resolve('scripts/sync_warehouse_daily.sh') as String] + arguments.toList())
        builder.environment().put('RELBASE_DATA_LAKE', lake as String)
        builder.redirectErrorStream(true).start()
    }

    private static String end(Process process) {
        def text = process.inputStream.text
        assert process.waitFor(20, TimeUnit.SECONDS)
        text
    }

    def "it runs both steps from the beginning, hands its arguments on, and gives the exit code back"() {
        given:
        jbang('echo "$@"; exit 3')

        when:
        def process = start('--replace', 'relbase')

        then:
        end(process).trim() == "run scripts/warehouse-stock.groovy --output-dir $lake --restart --no-wait --replace relbase"
        process.exitValue() == 3
        !Files.exists(lock)
    }

    def "a second start while one runs ends at once with the owner of the lock"() {
        given:
        jbang("echo begun; while [ ! -e '${folder.resolve('go')}' ]; do sleep 0.05; done")
        def first = start()
        assert first.inputStream.newReader().readLine() == 'begun'

        when:
        def second = start()
        def told = end(second)

        then:
        second.exitValue() == 6
        told.contains("is being run already: pid ${first.pid()} on ")

        when:
        folder.resolve('go').toFile().text = ''

        then:
        first.waitFor(20, TimeUnit.SECONDS)
        first.exitValue() == 0
        !Files.exists(lock)
    }

    def "the lock of a process that is gone is taken over"() {
        given:
        jbang('echo run')
        Files.createDirectories(lake)
        def gone = new ProcessBuilder('true').start()
        gone.waitFor()
        lock.toFile().text = "pid ${gone.pid()} on here since 2026-11-24T02:00:00Z\n"

        when:
        def process = start()

        then:
        end(process).contains('taken over')
        process.exitValue() == 0
        !Files.exists(lock)
    }
}
