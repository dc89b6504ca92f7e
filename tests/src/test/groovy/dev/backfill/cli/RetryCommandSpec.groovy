package dev.backfill.cli

import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** What a person meets who has dead letters. */
class RetryCommandSpec extends Specification {
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

    private void mend(int id) {
        sql.execute "update items set label = 'short' where id = $id"
    }

    def "a run with dead letters ends with 3, as does a retry that leaves some; the one that leaves none ends with 0"() {
        expect:
        command('run').code == 3

        when:
        def listed = command('retry', '--list')

        then:
        listed.code == 0
        listed.out.readLines()*.take(8) == ['sizes 3 ', 'sizes 17']
        new JsonSlurper().parseText(command('retry', '--list', '--json').out.readLines()[1]).key == '17'

        when:
        mend(3)
        def some = command('retry')

        then:
        some.code == 3
        some.out.contains('2 tried again, 1 is done, 1 was refused again; 1 dead letter is left')

        when:
        mend(17)
        def all = command('retry', '--json')

        then:
        all.code == 0
        new JsonSlurper().parseText(all.out) == [tried: 1, done: 1, refused: 0, gone: 0, unread: 0, left: 0]
        sql.firstRow('select count(*) as n from items where size is null').n == 0

        and: 'what was refused once is not told as if it still were'
        !command('status').out.contains('dead letters: ')
    }

    def "status, summary and history say what is refused now, not what was refused at first"() {
        expect:
        command('run').out =~ /  23 written  2 dead letters\n/
        command('status').out =~ /\n  sizes +done +#{20} 100 % +25 +\d\n  sizes: 2 dead letters\n/

        when:
        mend(3)
        command('retry')

        then:
        command('status').out =~ /\n  sizes +done +#{20} 100 % +25 +\d\n  sizes: 2 times refused, 1 dead letter\n/
        command('run').out =~ /  23 written  2 times refused, 1 dead letter\n/

        when:
        mend(17)
        command('retry')
        def history = command('status', '--history').out

        then:
        command('status').out =~ /\n  sizes +done +#{20} 100 % +25 +\d\n  sizes: 2 times refused, no dead letters left\n/
        command('run').out =~ /  23 written  2 times refused, no dead letters left\n/
        with(new JsonSlurper().parseText(command('run', '--json').out)) {
            it.deadLetters == 0
            it.deadLetterCounts == []
        }
        history =~ / done\n +25 read, 23 written, 2 dead letters; run \S+\n/
        history =~ / retry of 2 dead letters\n +2 read, 1 written, 1 dead letter; run \S+\n/
        history =~ / retry of 1 dead letter\n +1 read, 1 written, 0 dead letters; run \S+\n/
    }

    def "a run that is ended before its time tells its dead letters, too"() {
        when:
        def limited = command('run', '--limit', '10')

        then:
        limited.code == 4
        limited.out =~ /sizes: 10 read in 1 batch\n .*  9 written  1 dead letter\n/
        limited.out.contains('dead letters: 1; see them with')
    }

    def "more dead letters than are allowed end the run with 1, which says how to go on"() {
        when:
        def failed = command('run', '--max-dead-letters', '0')

        then:
        failed.code == 1
        failed.err.contains('--max-dead-letters')
        failed.err.contains('retry')

        when:
        mend(3)
        mend(17)

        then:
        command('retry').code == 0
        command('run', '--max-dead-letters', '0').code == 0
        sql.firstRow('select count(*) as n from items where size is null').n == 0
    }

    def "the dead letters of a part are told, listed and tried again with the whole's"() {
        given:
        def keys = Files.writeString(folder.resolve('keys.txt'), '2\n3\n4\n')

        expect:
        command('run', '--keys', keys.toString()).code == 3

        when:
        def status = command('status').out
        def json = new JsonSlurper().parseText(command('status', '--json').out)

        then:
        status.contains("dead letters of the part --keys $keys: 1")
        json.parts*.deadLetters == [1]
        command('retry', '--list').out.contains('sizes 3 ')

        when:
        command('run')
        mend(3)
        def some = command('retry')

        then: 'the record is a letter of both'
        some.code == 3
        some.out.contains('3 tried again, 2 are done, 1 was refused again; 1 dead letter is left')

        when:
        mend(17)

        then:
        command('retry').code == 0
        !command('status').out.contains('dead letters of the part')
    }

    def "a row that is deleted between the refusal and the retry is closed"() {
        given:
        command('run')
        sql.execute 'delete from items where id = 3'
        mend(17)

        when:
        def retried = command('retry')

        then:
        retried.code == 0
        retried.out.contains('2 tried again, 1 is done, 1 is gone from the source; no dead letters are left')
    }

    def "a limit that makes no sense is told"() {
        when:
        def wrong = command('retry', '--limit', '0')

        then:
        wrong.code == 2
        wrong.err.contains('--limit must be at least 1, but is 0')
    }
}
