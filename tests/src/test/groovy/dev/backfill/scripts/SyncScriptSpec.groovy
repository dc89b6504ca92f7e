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

    /** As cron starts it: from another folder, with hardly any variable. */
    private Process start(String... arguments) {
        def builder = new ProcessBuilder([folder.resolve('scripts/sync_warehouse_daily.sh') as String] + arguments.toList())
        builder.environment().clear()
        builder.environment().putAll(HOME: folder as String, PATH: '/usr/bin:/bin')
        builder.directory(new File('/')).redirectErrorStream(true).start()
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
        end(process).trim() == 'run scripts/warehouse-stock.groovy --restart --no-wait --replace relbase'
        process.exitValue() == 3
    }

    def "it names no folder, so that the one in .env counts, which status and validate read, too"() {
        given: 'the folder above scripts is the working directory, where .env is looked for'
        jbang('pwd; cat .env; echo "$@"')
        folder.resolve('.env').toFile().text = 'RELBASE_DATA_LAKE=/data/lake\n'

        when:
        def lines = end(start()).readLines()

        then:
        lines == [folder.toRealPath() as String, 'RELBASE_DATA_LAKE=/data/lake', 'run scripts/warehouse-stock.groovy --restart --no-wait']
    }

    def "the process that was started is the one to kill"() {
        given:
        jbang('echo $$; exec cat')

        when:
        def process = start()

        then:
        process.inputStream.newReader().readLine() == process.pid() as String

        when:
        process.destroy()

        then:
        process.waitFor(20, TimeUnit.SECONDS)
        process.exitValue() == 143
    }
}
