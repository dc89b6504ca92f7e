package dev.backfill.dsl

import dev.backfill.cli.Program
import dev.backfill.plan.ScriptException

import java.nio.file.Files
import java.nio.file.Path

/** Writes scripts to a folder and reads them as a person's command would. */
class Scripts {
    final Path folder

    Scripts(Path folder) { this.folder = folder }

    Path write(String name = 'demo.groovy', String text) {
        Files.writeString(folder.resolve(name), text)
    }

    Program load(String text, Map<String, String> variables = [:], List<String> arguments = []) {
        Launch.load(write(text), arguments, variables)
    }

    /** Loads a script whose backfill has this inside. */
    Program backfill(String body, Map<String, String> variables = [:], List<String> arguments = []) {
        load("backfill('demo') {\n$body\n}\n", variables, arguments)
    }

    /** All mistakes that the script tells; none if it has none. */
    List<String> mistakes(String text) {
        try {
            load(text)
            []
        } catch (ScriptException e) {
            e.mistakes()
        }
    }

    /** The mistakes without the lines that show where: demo.groovy:1:1: message. */
    List<String> told(String text) {
        mistakes(text)*.readLines()*.first().collect { it - 'demo.groovy:' }
    }
}
