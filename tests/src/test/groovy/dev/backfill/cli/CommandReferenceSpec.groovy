package dev.backfill.cli

import dev.backfill.cli.session.Session
import dev.backfill.cli.session.Streams
import dev.backfill.dsl.Scripts
import dev.backfill.plan.Backfill
import dev.backfill.sandbox.cli.SandboxCommand
import picocli.CommandLine
import picocli.CommandLine.Model.ArgSpec
import picocli.CommandLine.Model.OptionSpec
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

class CommandReferenceSpec extends Specification {
    private static final Path PAGE = Path.of('../docs/cli.md')

    @TempDir
    Path folder

    @Lazy
    Backfill plan = new Scripts(folder).backfill("""
        about 'sets every size'
        def items = postgres().table('items').key('id')
        phase('sizes') {
            source    items.select('id', 'label')
            newRows   handledBy: 'nothing: no rows are added'
            transform { i -> [id: i.id, size: i.label.size()] }
            sink      items.update('size')
        }
        """).backfill()

    def "the page in docs is what the commands say"() {
        given:
        def page = new CommandPage(root(), sandbox()).text()

        when: 'it is stale: mvn -pl tests -am test -Dtest=CommandReferenceSpec -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true'
        if (System.getProperty('docs.write') == 'true') {
            Files.writeString(PAGE, page)
        }

        then:
        Files.readString(PAGE) == page
    }

    def "every command and every option is described in a sentence"() {
        expect:
        ArgumentOrder.tree(root()).toList().tail().every { it.commandSpec.usageMessage().description().join(' ') ==~ /(?s)[A-Z].*[.]/ }
        ArgumentOrder.tree(root()).toList().collectMany { arguments(it) }.findAll { !(it.description().join(' ') ==~ /(?s)[A-Z].*[.]/) }*.toString() == []
    }

    def "every option of every command is in the page"() {
        given:
        def page = Files.readString(PAGE)
        def options = ArgumentOrder.tree(root()).toList().collectMany { it.commandSpec.options()*.longestName() }.unique()

        expect:
        options.size() > 40
        options.findAll { !page.contains("`$it") } == []
    }

    private static List<ArgSpec> arguments(CommandLine command) {
        command.commandSpec.args().findAll { !(it instanceof OptionSpec && (it.usageHelp() || it.versionHelp())) }
    }

    private CommandLine root() {
        def writer = new PrintWriter(new StringWriter())
        BackfillCommand.line(new Session(plan, [], Optional.empty(), new Streams(writer, writer)), plan)
    }

    private static CommandLine sandbox() {
        new CommandLine(new SandboxCommand(null))
    }
}
