package dev.backfill.docs

import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

import java.nio.file.Path

/** Follows docs/tutorial.md with its own statements and its own script. */
@Stepwise
class TutorialSpec extends Specification {
    private static final String PAGE = new File('../docs/tutorial.md').text
    private static final String SCRIPT = blocks('groovy').first()

    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)
    @Shared @TempDir Path folder

    def "a misspelt name is reported by check as the page shows"() {
        given:
        blocks('sql').first().split(/;\n/).findAll { it.trim() }.each { sql.execute(it as String) }

        when:
        def mistakes = new Scripts(folder).mistakes('///\n//GROOVY\n//DEPS\n//DEPS\n//RUNTIME\n\n' + SCRIPT.replace("lookup    'supplier'", "lookup    'suplier'"))

        then:
        mistakes.size() == 1
        PAGE.contains(mistakes.first().replace('demo.groovy', 'items.groovy'))
    }

    def "the script has no mistakes, and plan says what the page says"() {
        expect:
        new Scripts(folder).mistakes(SCRIPT) == []
        with(command('plan')) {
            code == 0
            out =~ /supplier_name +about 200,000 /
            out.contains(blocks('').find { it.contains('before  after') })
        }
        command('--dry-run', '--limit', '2000').code == 4
        command('plan').out =~ /supplier_name +about 200,000 /
        sql.firstRow('select count(*) as n from items where supplier_name is not null').n == 0
    }

    def "a run that was stopped resumes, and three records are dead letters"() {
        given:
        def stopped = command('--limit', '57000', '--quiet')

        expect:
        stopped.code == 4
        sql.firstRow('select count(*) as n from items where supplier_name is not null').n == 57_000

        when:
        def resumed = command()

        then:
        resumed.code == 3
        PAGE.contains("resumes after '57000'")
        command('status', '--dead-letters').out.readLines().findAll { it.startsWith('supplier_name 7') || it.startsWith('supplier_name 15') } ==
            blocks('').collectMany { it.readLines() }.findAll { it =~ /^supplier_name 1?[57]000/ }
    }

    def "with the column changed they are retried, and validate finds no difference"() {
        given:
        sql.execute blocks('sql')[1]

        expect:
        command('retry').code == 0
        command('validate').with { it.code == 0 && it.out =~ /(?m)^  supplier_name +200,000 +0$/ }
    }

    def "a row that is added later is found by the next run"() {
        given:
        sql.execute blocks('sql')[2]

        expect:
        command().code == 0
        sql.firstRow('select supplier_name from items where id = 200001').supplier_name == 'Supplier 7'
    }

    private Map command(String... arguments) {
        def program = new Scripts(folder).load(SCRIPT, [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(),
            DB_USER: database.user(), DB_PASSWORD: database.password().reveal(), BATCH_SIZE: '5000', SLEEP_BETWEEN_BATCHES: '0'])
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments as List, new PrintWriter(out, true), new PrintWriter(err, true)), out: out.toString(), err: err.toString()]
    }

    private static List<String> blocks(String language) {
        PAGE.findAll(/(?s)```(\w*)\n(.*?)\n```/).findAll { it.startsWith("```$language\n") }.collect { it.readLines().drop(1).dropRight(1).join('\n') }
    }
}
