package dev.backfill.scripts

import dev.backfill.dsl.Launch

import java.nio.file.Path

/** Runs a script as a process of its own, without JBang. */
class ScriptMain {
    static void main(String[] arguments) {
        System.exit(Launch.run(Path.of(arguments.head()), arguments.tail().toList(), System.getenv()))
    }

    /** Starts it; what it prints is kept in the file. */
    static Process start(Path script, List<String> arguments, Map<String, String> variables, File log, String... options) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java') as String
        def builder = new ProcessBuilder([java, *options, '-cp', System.getProperty('java.class.path'), ScriptMain.name, script as String] + arguments)
        builder.environment().putAll(variables)
        builder.redirectErrorStream(true).redirectOutput(log).start()
    }
}
