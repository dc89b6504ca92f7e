package dev.backfill.cli.checkpoint

import dev.backfill.cli.SizesBackfill
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalDate
import java.time.ZoneOffset

/** What a person meets who clears up after runs of long ago. */
class PurgeCommandSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def setup() {
        SizesBackfill.fillWithLongLabels(sql)
    }

    private Map command(String... arguments) {
        new SizesBackfill(database, folder).command(arguments as List)
    }

    private List<File> files() {
        folder.resolve('checkpoints').toFile().listFiles().findAll { it.file }
    }

    /** As if all that is told so far had been long ago. */
    private void age(String inFilesNamed = '') {
        def days = (-1..1).collect { LocalDate.now(ZoneOffset.UTC).plusDays(it) as String }
        files().findAll { it.name.contains(inFilesNamed) }.each { file -> days.each { file.text = file.text.replace("\"${it}T", '"2020-01-01T') } }
    }

    private Path keys(Object... ids) {
        Files.writeString(folder.resolve('keys.txt'), ids.join('\n') + '\n')
    }

    def "where nothing is old there is nothing to do"() {
        given:
        command('run')

        expect:
        command('purge', '--yes').code == 0
        command('purge', '--yes').out == 'demo: nothing is older than 90d\n'
        command('status').out.contains('dead letters: 2')
    }

    def "what is old is told with its size, and removed only when somebody says yes; that of parts, too"() {
        given:
        command('run')
        command('run', '--keys', keys(3, 4) as String)
        age()

        when: 'nobody is here to ask'
        def asked = command('purge')

        then:
        asked.code == 2
        asked.err =~ /Remove 2 attempts and 3 dead letters \(0\.[1-9] kB\) older than 90d of demo\? There is no terminal to ask: add --yes\./
        command('status').out.contains('dead letters: 2')
        command('status').out.contains('dead letters of the part')

        when:
        def removed = command('purge', '--yes')

        then:
        removed.code == 0
        removed.out =~ /removed 2 attempts and 3 dead letters \(0\.[1-9] kB\) older than 90d/
        !command('status').out.contains('dead letters: ')
        !command('status').out.contains('dead letters of the part')
        command('status', '--history').out.contains('no attempts are recorded')
        command('purge', '--yes').out.contains('nothing is older')
        command('run').out.contains('was done')
    }

    def "what is newer than the time that is said stays"() {
        given:
        command('run', '--keys', keys(3, 4) as String)
        age()
        command('run')

        when:
        def removed = command('purge', '--older-than', '1d', '--yes')

        then:
        removed.out.contains('removed 1 attempt and 1 dead letter ')
        removed.out.contains('older than 1d')
        command('status').out.contains('dead letters: 2')
        !command('status').out.contains('dead letters of the part')
    }

    def "what a run left that is not done stays, however old"() {
        given:
        command('run', '--limit', '10')
        age()

        expect:
        command('purge', '--yes').out.contains('nothing is older than 90d')
        command('status').out.contains('dead letters: 1')
    }

    def "a time that is none is told: #text"() {
        when:
        def wrong = command('purge', '--older-than', text)

        then:
        wrong.code == 2
        wrong.err.contains("--older-than must be a time such as 90s, 30m, 2h or 1d, but is '$text'")

        where:
        text << ['long ago', '90', '-1d']
    }
}
