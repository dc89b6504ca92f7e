package dev.backfill.process

import groovy.transform.CompileStatic

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.spi.ToolProvider

/**
 * Starts classes of the specs as processes of their own. One that was let run to its end before as an example leaves an archive
 * of its classes, from which Java starts the next ones in half the time.
 */
@CompileStatic
class OwnProcess {
    private static final List<String> SMALL = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx96m', '-Xlog:disable']
    private static final Path FOLDER = folder()
    private static final String JARS = jars()

    private static Path folder() {
        Path folder = Files.createTempDirectory('backfill-processes')
        Runtime.runtime.addShutdownHook(new Thread({ folder.toFile().deleteDir() } as Runnable))
        folder
    }

    static ProcessBuilder of(Class<?> main, List<String> arguments, List<String> options = []) {
        Path archive = archive(main)
        command(main, arguments, options + (Files.exists(archive) ? ["-XX:SharedArchiveFile=$archive" as String] : []))
    }

    /** Lets it run to its end, which must be exit 0. */
    static void example(Class<?> main, List<String> arguments, Map<String, String> variables = [:]) {
        Path made = FOLDER.resolve("${main.simpleName}.new")
        ProcessBuilder builder = command(main, arguments, ["-XX:ArchiveClassesAtExit=$made" as String])
        builder.environment().putAll(variables)
        Process process = builder.redirectErrorStream(true).start()
        String told = process.inputStream.text
        assert process.waitFor() == 0: told
        if (Files.exists(made)) {
            Files.move(made, archive(main), StandardCopyOption.REPLACE_EXISTING)
        }
    }

    private static ProcessBuilder command(Class<?> main, List<String> arguments, List<String> options) {
        String java = Path.of(System.getProperty('java.home'), 'bin', 'java')
        new ProcessBuilder([java] + SMALL + options + ['-cp', JARS, main.name] + arguments)
    }

    private static Path archive(Class<?> main) {
        FOLDER.resolve("${main.simpleName}.jsa")
    }

    /** The class path of the specs; an archive knows no classes that stand in folders. */
    private static String jars() {
        String[] path = System.getProperty('java.class.path').split(File.pathSeparator)
        path.toList().withIndex().collect { String entry, int i -> Files.isDirectory(Path.of(entry)) ? jar(entry, i) : entry }.join(File.pathSeparator)
    }

    private static String jar(String folder, int number) {
        String jar = FOLDER.resolve("${number}.jar")
        boolean made = ToolProvider.findFirst('jar').map { it.run(System.out, System.err, '-c', '-0', '-f', jar, '-C', folder, '.') == 0 }.orElse(false)
        made ? jar : folder
    }
}
