package dev.backfill.scripts

import dev.backfill.dsl.Launch
import dev.backfill.process.OwnProcess

import java.nio.file.Path

/** Runs a script as a process of its own, without JBang. */
class ScriptMain {
    static void main(String[] arguments) {
        System.exit(Launch.run(Path.of(arguments.head()), arguments.tail().toList(), System.getenv()))
    }

    /** Starts it; what it prints is kept in the file. */
    static Process start(Path script, List<String> arguments, Map<String, String> variables, File log, String... options) {
        def builder = OwnProcess.of(ScriptMain, [script as String] + arguments, options as List)
        builder.environment().putAll(variables)
        builder.redirectErrorStream(true).redirectOutput(log).start()
    }

    /** Runs it to its end, so that the next ones start faster. */
    static void example(Path script, List<String> arguments, Map<String, String> variables = [:]) {
        OwnProcess.example(ScriptMain, [script as String] + arguments, variables)
    }
}
