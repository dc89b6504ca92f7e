package dev.backfill.scripts

import dev.backfill.dsl.Scripts
import dev.backfill.fault.FullCheck
import dev.backfill.postgres.PostgresServer
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Rows that together are larger than the memory are copied at the default batch size. */
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
class LargeRowsSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup sql = PostgresServer.sql(database)
    @TempDir Path folder

    def "#rows rows of #megabytes MB are copied in #memory, and the run says that pages are smaller"() {
        given:
        def script = copying(rows, megabytes)
        def log = folder.resolve('log').toFile()

        when:
        def process = ScriptMain.start(script, ['run'], variables(), log, memory)

        then:
        process.waitFor(120, TimeUnit.SECONDS)
        process.exitValue() == 0
        log.text.contains('its rows are large, so pages are smaller where they are')
        sql.firstRow('select count(*) as n from original join copied using (id, doc)').n == rows

        where:
        megabytes | rows | memory
        8         | 40   | '-Xmx256m'
        50        | 8    | '-Xmx256m'
    }

    def "8 rows of 50 MB pass in -Xmx256m through #what"() {
        given:
        def script = copying(8, 50)
        folder.resolve('keys').toFile().text = (1..8).join('\n')
        def log = folder.resolve('log').toFile()

        when:
        def codes = commands.collect { command ->
            def process = ScriptMain.start(script, command*.replace('KEYS', folder.resolve('keys') as String), variables(), log, '-Xmx256m')
            process.waitFor(120, TimeUnit.SECONDS)
            process.exitValue()
        }

        then:
        codes == [0] * commands.size()
        sql.firstRow('select count(*) as n from original join copied using (id, doc)').n == 8

        where:
        what       | commands
        '--keys'   | [['run', '--phase', 'copy', '--keys', 'KEYS']]
        'validate' | [['run'], ['validate']]
    }

    /** A script that copies a table with such rows into an empty one. */
    private Path copying(int rows, int megabytes) {
        sql.execute 'drop table if exists original, copied'
        sql.execute 'create table original (id int primary key, doc text)'
        sql.execute "insert into original select n, repeat('x', $megabytes * 1000000) from generate_series(1, $rows) n".toString()
        sql.execute 'create table copied (id int primary key, doc text)'
        new Scripts(folder).write('copy.groovy', """\
            backfill('copy') {
                about 'copies'
                def db = postgres()
                checkpoint file('$folder/checkpoints')
                phase('copy') {
                    source db.table('original').key('id').select('id', 'doc')
                    newRows handledBy: 'nobody'
                    sink db.table('copied').key('id').upsert('doc')
                }
            }
            """.stripIndent())
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database,
         DB_USER: database.user, DB_PASSWORD: database.password.reveal()]
    }
}
