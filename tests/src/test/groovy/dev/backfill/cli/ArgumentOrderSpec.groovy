package dev.backfill.cli

import dev.backfill.cli.session.Session
import dev.backfill.cli.session.Streams
import dev.backfill.dsl.Scripts
import dev.backfill.plan.ScriptException
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import picocli.CommandLine
import picocli.CommandLine.Model.OptionSpec
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Files
import java.nio.file.Path

/** An option works wherever it was typed, or is refused; it is never dropped. */
class ArgumentOrderSpec extends Specification {
    private static final String OPTIONS = """
        def only  = option('only-new', false, 'only new ones')
        def shape = option('shape', 'round', 'of the items')
        """

    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    SizesBackfill sizes

    def setup() {
        sizes = new SizesBackfill(database, folder)
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
    }

    @Lazy
    Program program = new Scripts(folder).backfill("""
        about 'writes the size of every label'
        $OPTIONS
        def items = postgres().table('items').key('id')
        step('load') {
            phase('sizes') {
                source    items.select('id', 'label')
                transform { i -> [id: i.id, size: i.label.size()] }
                sink      items.update('size')
            }
        }
        """)

    private CommandLine line() {
        def quiet = new PrintWriter(new StringWriter())
        BackfillCommand.line(new Session(program.backfill(), [], Optional.empty(), new Streams(quiet, quiet)), program.backfill())
    }

    private long written() {
        sql.firstRow('select count(size) as n from items').n as long
    }

    def "every option before every command is the same as after it, or is refused with the commands that have it"() {
        given:
        def root = line()
        def commands = ArgumentOrder.tree(root).filter { it.parent != null && it.subcommands.isEmpty() }.toList()
        def options = ArgumentOrder.tree(root).flatMap { it.commandSpec.options().stream() }.toList()
                .toUnique { it.longestName() }

        expect: 'the whole product is covered'
        commands.size() >= 16
        options*.longestName().containsAll(['--dry-run', '--keys', '--repair', '--rate', '--after', '--yes', '--only-new', '--shape'])

        when:
        def lenient = withoutRequired(line())
        def pairs = [commands, options].combinations().collect { command, option ->
            def path = path(command)
            def typed = words(option)
            def split = path.size() - 1
            [command: command, option: option, after: outcome(lenient, path + typed),
             before: ([typed + path, path.take(split) + typed + path.drop(split)] as Set).collect { outcome(lenient, it) }]
        }

        then:
        pairs.findAll { pair -> pair.before.any { it != pair.after } }.collect { "${it.option.longestName()} ${path(it.command)}" } == []

        and: 'refused is what the command does not have, and nothing else'
        def refused = pairs.findAll { it.after instanceof String }
        refused.every { it.command.commandSpec.findOption(it.option.longestName()) == null }
        refused.size() < pairs.size()
    }

    def "an option means the same number of words in every command, so that its place can be known without the command"() {
        expect:
        ArgumentOrder.tree(line()).flatMap { it.commandSpec.options().stream() }.toList()
                .groupBy { it.longestName() }
                .findAll { name, all -> all*.arity()*.toString().unique().size() > 1 }.isEmpty()
    }

    /** What is required and not given is another matter. */
    private static CommandLine withoutRequired(CommandLine root) {
        ArgumentOrder.tree(root).forEach { command ->
            command.commandSpec.args().findAll { it.required() }.each { arg ->
                command.commandSpec.remove(arg)
                if (arg instanceof OptionSpec) {
                    command.commandSpec.addOption(OptionSpec.builder(arg).required(false).build())
                }
            }
        }
        root
    }

    /** What the words are parsed to; a text if they are refused. */
    private Object outcome(CommandLine root, List<String> words) {
        try {
            root.parseArgs(new ArgumentOrder(root, program.backfill()).of(words) as String[]).asCommandLineList().collectEntries {
                [(it.commandSpec.qualifiedName()): it.parseResult.matchedOptions().collectEntries { [(it.longestName()): it.stringValues()] }]
            }
        } catch (CommandLine.ParameterException e) {
            e.message
        }
    }

    private static List<String> path(CommandLine command) {
        command.parent == null ? [] : path(command.parent) + command.commandName
    }

    private static List<String> words(OptionSpec option) {
        option.arity().min() == 0 ? [option.longestName()]
                : [option.longestName(), [int, Integer, long, Long, double, Double].contains(option.type()) ? '7' : '3']
    }

    def "a dry run stays one wherever it is asked for"() {
        expect:
        sizes.command(words).code == 0
        written() == 0

        where:
        words << [['--dry-run', 'run', '--restart'], ['run', '--dry-run', '--restart'], ['--restart', '--dry-run'],
                  ['--restart', '--dry-run', 'run']]
    }

    def "keys choose the records wherever they are named"() {
        given:
        def keys = Files.writeString(folder.resolve('two.txt'), '3\n7\n').toString()

        expect:
        sizes.command(words.collect { it == 'KEYS' ? keys : it }).code == 0
        written() == 2

        where:
        words << [['--keys', 'KEYS', 'run', '--restart'], ['run', '--restart', '--keys', 'KEYS'], ['--keys', 'KEYS']]
    }

    def "what a command cannot do is refused before anything is done"() {
        given:
        sizes.command([])
        sql.execute 'update items set size = 999 where id in (1, 2)'

        when:
        def told = sizes.command(words)

        then:
        told.code == 2
        told.err.readLines().first() == message
        told.out.empty
        sql.firstRow('select count(*) as n from items where size = 999').n == 2

        where:
        words                                       || message
        ['--dry-run', 'validate', '--repair']       || "validate has no option '--dry-run'; it belongs to plan, run"
        ['--phase', 'nope', 'plan']                 || "no phase 'nope'; there are sizes"
        ['--after', '7', 'run']                     || "run has no option '--after'; it belongs to checkpoint set"
        ['--yes', 'checkpoint', 'show']             || "checkpoint show has no option '--yes'; it belongs to checkpoint import, checkpoint reset, checkpoint set, purge, takeover"
        ['--nonsense', 'run']                       || "unknown option '--nonsense'"
        ['--limit', '5', '--limit', '6', 'run']     || "option '--limit' (RECORDS) should be specified only once"
        ['--limit', '5', 'run', '--limit', '6']     || "option '--limit' (RECORDS) should be specified only once"
        ['@options']                                || "unknown command '@options'; there are cancel, check, checkpoint, pause, plan, purge, resume, retry, run, status, takeover, tune, validate"
    }

    def "an option of validate before its name is read, too"() {
        given:
        sizes.command([])
        sql.execute 'update items set size = 999 where id in (1, 2)'

        expect:
        sizes.command(['--repair', '--sample-size', '1', 'validate']).code == 0
        sql.firstRow('select count(*) as n from items where size = 999').n == 0
    }

    @Unroll("#words")
    def "a step's name is short for its phases, before a command and after it"() {
        expect:
        new ArgumentOrder(line(), program.backfill()).of(words) == ordered

        where:
        words                               || ordered
        ['load']                            || ['--phase', 'load']
        ['load', '--dry-run']               || ['--phase', 'load', '--dry-run']
        ['--dry-run', 'load']               || ['--dry-run', '--phase', 'load']
        ['load', 'plan']                    || ['plan', '--phase', 'load']
        ['plan', 'load', '--json']          || ['plan', '--phase', 'load', '--json']
        ['checkpoint', 'export', 'load']    || ['checkpoint', 'export', 'load']
        ['--phase', 'run', 'plan']          || ['plan', '--phase', 'run']
        ['cancel', '--reason', 'pause']     || ['cancel', '--reason', 'pause']
        ['--limit', '--', 'run']            || ['run', '--limit', '--']
        ['--', 'run']                       || ['--', 'run']
        ['unknown', '--dry-run', 'run']     || ['unknown', '--dry-run', 'run']
    }

    def "the script's own options are read before each command and after it, and by what is below a command"() {
        expect:
        sizes.command(words, OPTIONS).with { code == 0 && !err.contains('unknown option') }

        where:
        words << [['--only-new', 'checkpoint', 'show'], ['checkpoint', 'show', '--shape', 'x'], ['checkpoint', '--shape', 'x', 'show'],
                  ['--shape', 'run', 'status'], ['--shape=x', 'check', '--only-new']]
    }

    def "a script cannot declare an option that a command has already"() {
        when:
        sizes.command(['check'], "option('$name', false, 'of the script')")

        then:
        def refused = thrown(ScriptException)
        refused.mistakes() == ["the script declares the option '$name', but --$name is already an option of $having; choose another name"]

        where:
        name      || having
        'repair'  || 'demo.groovy validate'
        'history' || 'demo.groovy status'
        'after'   || 'demo.groovy checkpoint set'
    }

    def "a command that is printed has its options behind the command's name, and can be typed"() {
        given:
        sql.execute 'alter table items add check (size < 8)'

        when:
        def told = sizes.command(['--batch-size', '5', '--max-dead-letters', '50%'], OPTIONS)
        def command = (told.out =~ /see them with: jbang run \S+ (.*)/)[0][1]

        then:
        told.code == 3
        command == 'status --dead-letters'
        sizes.command(command.split(' ') as List).code == 0
    }
}
