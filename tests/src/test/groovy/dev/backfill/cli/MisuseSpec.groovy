package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

/** Whoever mistypes an option is told in a line or two which one, and what it takes. */
class MisuseSpec extends Specification {
    @Shared database = PostgresServer.database()

    @TempDir
    Path folder

    private Map command(List<String> arguments) {
        def program = new Scripts(folder).backfill("""
            about 'writes the size of every label'
            def items = postgres().table('items').key('id')
            checkpoint file('$folder/checkpoints')
            phase('sizes') {
                source    items.select('id', 'label')
                transform { i -> [id: i.id, size: i.label.size()] }
                sink      items.update('size')
            }
            """, [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database,
                  DB_USER: database.user, DB_PASSWORD: database.password.reveal()], arguments)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments, new PrintWriter(out, true), new PrintWriter(err, true)),
         out: out.toString(), err: err.toString()]
    }

    def "each command tells the version of what runs it"() {
        expect:
        command(words).with { code == 0 && out.startsWith('backfill ') && err.empty }

        where:
        words << [['--version'], ['-V'], ['tune', '--version'], ['checkpoint', 'show', '--version']]
    }

    @Unroll("#line")
    def "an option that is none, or has a value that makes no sense, is told with the next step; exit 2, and nothing is begun"() {
        when:
        def told = command(line.split(' ') as List)

        then:
        told.code == 2
        told.err.readLines().first() == message
        told.err.readLines().size() <= 2
        told.out.empty
        !told.err.contains('Exception')
        !folder.resolve('checkpoints').toFile().exists()

        where:
        line                            || message
        '--batch-size -1'               || '--batch-size must be at least 1, but is -1'
        '--batch-size x'                || "--batch-size takes a whole number, but is 'x'"
        '--batch-size 99999999999'      || "--batch-size takes a whole number, but is '99999999999'"
        '--batch-szie 10'               || "unknown option '--batch-szie', did you mean '--batch-size'?"
        '--rate x'                      || "unknown option '--rate'; it belongs to tune"
        '--repair'                      || "unknown option '--repair'; it belongs to validate"
        '--nonsense=1'                  || "unknown option '--nonsense'"
        'tune --rate x'                 || "--rate takes a number, but is 'x'"
        'tune --batch-size 0'           || 'the batch size must be at least 1, but is 0'
        '--in-flight 0'                 || '--parallel and --in-flight must be at least 1, but are 1 and 0'
        '--parallel 1.5'                || "--parallel takes a whole number, but is '1.5'"
        '--limit 0'                     || '--limit must be at least 1, but is 0'
        '--limit many'                  || "--limit takes a whole number, but is 'many'"
        '--limit'                       || '--limit needs a value: --limit RECORDS'
        '--max-duration 5parsecs'       || "--max-duration must be a time such as 90s, 30m, 2h or 1d, but is '5parsecs'"
        '--max-duration 9999999999999999999d' || "--max-duration must be a time such as 90s, 30m, 2h or 1d, but is '9999999999999999999d'"
        '--until yesterday'             || "--until must be a time of day such as 06:00, or an instant such as 2026-11-24T05:00:00Z, but is 'yesterday'"
        '--until 25:00'                 || "--until must be a time of day such as 06:00, or an instant such as 2026-11-24T05:00:00Z, but is '25:00'"
        '--phase siezs'                 || "no phase 'siezs'; there are sizes"
        '--keys /no/such/file'          || 'there is no file /no/such/file, which --keys names'
        '--keys /'                      || 'the file of --keys, /, cannot be read: Is a directory'
        '--sample-size -1'              || '--sample-size cannot be negative, but is -1'
        '--max-dead-letters lots'       || "--max-dead-letters must be a number such as 500, or a share such as 0.05%, but is 'lots'"
        '--exit-zero-on x'              || "--exit-zero-on takes a whole number, but is 'x'"
        'validate --at-least 7'         || '--at-least takes a share from 0 to 1, such as 0.999, but is 7.0'
        'validate --at-least NaN'       || '--at-least takes a share from 0 to 1, such as 0.999, but is NaN'
        'validate --at-least x'         || "--at-least takes a number, but is 'x'"
        'validate --sample-size -3'     || '--sample-size cannot be negative, but is -3'
        'validate everything'           || "unexpected argument 'everything'"
        'retry --limit 0'               || '--limit must be at least 1, but is 0'
        'status --interval 0'           || '--interval must be above 0, but is 0.0'
        'purge --older-than never'      || "--older-than must be a time such as 90s, 30m, 2h or 1d, but is 'never'"
        'vaildate'                      || "unknown command 'vaildate', did you mean 'validate'?"
        'checkpoint sohw'               || "unknown command 'sohw', did you mean 'show'?"
        'checkpoint set'                || 'missing: --phase NAME'
        'takeover'                      || 'missing: --reason TEXT'
    }

    def "each option that has another name now is one line that says which, all at once"() {
        expect:
        with(command(['--window', '2', '--stay', '--ok-codes=3,4'])) {
            code == 2
            err.readLines().dropRight(1) == ["'--window' is now '--in-flight'", "'--stay' is now '--idle-when-done'",
                                             "'--ok-codes' is now '--exit-zero-on'"]
        }
    }

    def "a part in which there is no record says so"() {
        given:
        def sql = PostgresServer.sql(database)
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id text primary key, label text, size bigint)'
        sql.execute "insert into items select 'k' || n, 'label ' || n from generate_series(1, 5) n"

        expect:
        with(command(['--from', 'z', '--to', 'a'])) {
            code == 0
            err.contains('no record was found of what was asked for: --from z --to a; the database compares keys, in the order in which it sorts them')
        }
        !command(['--from', 'k2', '--to', 'k3']).err.contains('no record was found')

        cleanup:
        sql?.close()
    }

    def "the help of a script lists every command, the exit codes last, and breaks no line"() {
        when:
        def told = command(['--help']).out

        then:
        ['run', 'check', 'plan', 'status', 'validate', 'retry', 'checkpoint', 'purge', 'pause', 'resume', 'cancel', 'tune', 'takeover']
                .every { told =~ /(?m)^  $it  +[A-Z]/ }
        told.readLines().dropWhile { it != 'Exit codes:' }.collectMany { (it =~ /^ {3}(\d[\d\/]*?) {2,}/).collect { it[1] } } ==
            ['0', '1', '2', '3', '4', '5', '6', '129/130/143']
        told.readLines().last() == '   129/130/143  stopped by SIGHUP/SIGINT/SIGTERM with the checkpoint saved'
        told.readLines().every { it.length() <= 80 }
    }
}
