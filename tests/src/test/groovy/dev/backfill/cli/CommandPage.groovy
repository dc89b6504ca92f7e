package dev.backfill.cli

import groovy.transform.TupleConstructor
import picocli.CommandLine
import picocli.CommandLine.Model.OptionSpec
import picocli.CommandLine.Model.PositionalParamSpec

/** Writes docs/cli.md from the commands themselves: each command, its arguments and its options. */
@TupleConstructor
class CommandPage {
    private static final String HEAD = '''\
        # Command line

        Every command and every option of a script. Generated from the code: do not edit.

        ```sh
        ./jbang run SCRIPT [COMMAND] [OPTIONS]      # from a clone of Backfill: SCRIPT is a file, or a name such as inventory-fields
        jbang SCRIPT [COMMAND] [OPTIONS]            # with JBang installed, once ./jbang has built the jars
        ```

        Without a command, `run` is meant. Options can be given before or after the command; a command that does not have an option refuses it
        (exit 2). The name of a `step` after a command means `--phase` and that name: `plan upload`. Options that a script declares with
        `option(…)` belong to every command, and `--help` lists them. `--help` and `--version` also belong to every command.
        [Exit codes](operations.md#exit-codes-and-what-to-do) are the same everywhere.
        '''.stripIndent()

    CommandLine root
    CommandLine sandbox

    String text() {
        def commands = ArgumentOrder.tree(root).toList().tail().collect { section(it, title(it)) }
        def all = [*commands, section(sandbox, 'sandbox', 'A sandbox is a script of its own that starts servers, fills them, and runs a script: `./jbang sandbox NAME`.')]
        "$HEAD\n${contents()}\n${all.join('\n')}"
    }

    private String contents() {
        def names = [*ArgumentOrder.tree(root).toList().tail().collect { title(it) }, 'sandbox']
        'Contents: ' + names.collect { "[$it](#${it.replace(' ', '-')})" }.join(', ') + '\n'
    }

    private static String section(CommandLine command, String title, String description = sentence(command.commandSpec.usageMessage().description())) {
        def rows = [*command.commandSpec.positionalParameters().findAll { !it.hidden() }.collect { row(it) },
                    *command.commandSpec.options().findAll { !it.hidden() && !it.usageHelp() && !it.versionHelp() }.sort { it.longestName() }.collect { row(it) }]
        def table = rows ? "\n| option | | default |\n| --- | --- | --- |\n${rows.join('')}" : ''
        "## $title\n\n$description\n$table"
    }

    private static String row(PositionalParamSpec parameter) {
        cells("`${parameter.paramLabel()}`", sentence(parameter.description()), '')
    }

    private static String row(OptionSpec option) {
        def value = option.arity().max() == 0 ? '' : " ${option.paramLabel()}"
        def byDefault = option.required() ? 'required' : option.arity().max() > 0 && option.defaultValue() ? "`${option.defaultValue()}`" : ''
        cells("`${option.longestName()}`$value", sentence(option.description()).replace('%%', '%').replace('${DEFAULT-VALUE}', option.defaultValue() ?: ''), byDefault)
    }

    private static String cells(String name, String description, String byDefault) {
        "| $name | ${description.replace('|', '\\|')} | $byDefault |\n"
    }

    private static String sentence(String[] lines) {
        lines.join(' ')
    }

    private static String title(CommandLine command) {
        command.commandSpec.qualifiedName(' ').split(' ').findAll { it != command.commandSpec.root().name() }.join(' ')
    }
}
