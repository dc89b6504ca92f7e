package dev.backfill.wrapper

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class JbangWrapperSpec extends Specification {

    @TempDir Path folder
    Path home
    Path commands
    Map<String, String> variables

    def setup() {
        home = Files.createDirectories(folder.resolve('our home'))
        commands = Files.createDirectories(folder.resolve('commands'))
        variables = [PATH: "$commands:${System.getenv('PATH')}".toString(), HOME: folder.toString(), JBANG_DIR: folder.resolve('jbang').toString()]
        Files.copy(Path.of('..', 'jbang'), home.resolve('jbang'))
        Files.writeString(home.resolve('pom.xml'), '<project>\n  <version>3.1</version>\n</project>')
        ['lib/core', 'dsl'].each {
            Files.createDirectories(home.resolve("$it/src"))
            Files.writeString(home.resolve("$it/pom.xml"), '<project/>')
        }
        Files.writeString(home.resolve('jbang-catalog.json'), '{ "aliases": {\n  "shop": { "script-ref": "shop.groovy" } } }')
        command 'mvn', '''
            echo "$@" >>"$HOME/mvn.log"
            for word; do case $word in -Dmaven.repo.local=*) repository=${word#*=} ;; esac; done
            for module in core dsl; do
                if [ $module = dsl ]; then target=dsl/target; else target=lib/core/target; fi
                installed=$repository/dev/backfill/backfill-$module/3.1
                mkdir -p $target "$installed"
                date +%N >$target/backfill-$module-3.1.jar
                cp $target/backfill-$module-3.1.jar "$installed"
            done
        '''
        command 'jbang', '''
            printf 'repository <%s>' "$JBANG_REPO"
            for word; do printf ' <%s>' "$word"; done
            exit 7
        '''
    }

    def "arguments, exit code and output are those of the jbang on the PATH"() {
        when:
        def ended = run(home, 'run', 'a b', '*', ';', '"', "it's", '$HOME', '\\')

        then:
        ended.out == "repository <$folder/.m2/repository> <run> <a b> <*> <;> <\"> <it's> <\$HOME> <\\>"
        ended.code == 7
    }

    def "it does not take itself for the other jbang, even by another name"() {
        given:
        Files.createSymbolicLink(Files.createDirectories(folder.resolve('first')).resolve('jbang'), home.resolve('jbang'))
        variables.PATH = "${folder.resolve('first')}:$home:${variables.PATH}".toString()

        expect:
        run(home, 'version').out.endsWith(' <version>')
    }

    def "modules are built once, again when a source is newer, and again when another checkout has replaced them"() {
        when:
        2.times { run(home, 'version') }

        then:
        builds() == 1

        when: 'a source changes'
        def source = Files.writeString(home.resolve('dsl/src/Word.java'), 'class Word {}')
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)))
        run(home, 'version')
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH))
        Files.setLastModifiedTime(home.resolve('dsl/src'), FileTime.from(Instant.EPOCH))
        run(home, 'version')

        then:
        builds() == 2

        when: 'the installed jar is no longer ours'
        Files.writeString(repository().resolve('dev/backfill/backfill-core/3.1/backfill-core-3.1.jar'), 'of another checkout')
        2.times { run(home, 'version') }

        then:
        builds() == 3
    }

    def "a build makes JBang forget scripts that it compiled against the old jars, and nothing else"() {
        given:
        def compiled = Files.createDirectories(folder.resolve('jbang/cache/jars/shop.groovy.0a1b'))
        def other = Files.createDirectories(folder.resolve('jbang/cache/jars/Tool.java.0a1b'))

        when:
        run(home, 'version')

        then:
        !Files.exists(compiled)
        Files.exists(other)
    }

    def "the local repository is the one that Maven is told to use: #how"() {
        given:
        variables.putAll(told.collectEntries { name, value -> [name, value.replace('@', folder.toString())] })
        if (config) {
            Files.createDirectories(home.resolve('.mvn'))
            Files.writeString(home.resolve('.mvn/maven.config'), config.replace('@', folder.toString()))
        }

        expect:
        run(home, 'version').out.startsWith("repository <$folder/$expected>")
        log().contains("-Dmaven.repo.local=$folder/$expected")

        where:
        how                 | told                                                           | config                          || expected
        'by JBANG_REPO'     | [JBANG_REPO: '@/one', MAVEN_ARGS: '-Dmaven.repo.local=@/two']  | null                            || 'one'
        'by MAVEN_ARGS'     | [MAVEN_ARGS: '-q -Dmaven.repo.local=@/two -B']                 | '-Dmaven.repo.local=@/three\n'  || 'two'
        'by maven.config'   | [MAVEN_OPTS: '-Dmaven.repo.local=@/four']                      | '-B\n-Dmaven.repo.local=@/three' || 'three'
        'by MAVEN_OPTS'     | [MAVEN_OPTS: '-Xmx1g -Dmaven.repo.local=@/four']               | null                            || 'four'
        'by nothing'        | [:]                                                            | null                            || '.m2/repository'
    }

    def "a build that fails ends it, and JBang is not started"() {
        given:
        command 'mvn', 'echo "no such module"; exit 1'

        when:
        def ended = run(home, 'version')

        then:
        ended.code == 1
        ended.out == ''
        ended.err.contains('no such module')
        ended.err.contains('Maven could not build')
    }

    def "of two that start at once, #how, one builds and the other waits for it"() {
        given: 'a build that ends when the other one says that it waits'
        if (!flock) {
            withoutFlock()
        }
        command 'mvn', """
            until cat '$folder'/*.err | grep -q another; do sleep 0.02; done
            ${Files.readString(commands.resolve('mvn')).readLines().drop(2).join('\n')}
        """

        when:
        def first = start(home, 'first')
        def second = start(home, 'second')

        then:
        [first, second]*.waitFor() == [7, 7]
        builds() == 1
        [out('first'), out('second')].every { it.contains(' <version>') }

        where:
        how             | flock
        'with flock'    | true
        'without flock' | false
    }

    def "the lock of a process that is gone keeps nobody out, and none is left, without flock"() {
        given:
        withoutFlock()
        def dead = new ProcessBuilder('true').start()
        dead.waitFor()
        def lock = Files.createDirectories(home.resolve('target')).resolve('building')
        Files.createSymbolicLink(lock, Path.of("${dead.pid()}"))

        expect:
        run(home, 'version').out.endsWith(' <version>')
        builds() == 1
        !Files.isSymbolicLink(lock)
    }

    def "the run itself keeps nobody out: another one can build meanwhile, #how"() {
        given: 'a JBang that, in its run, starts the wrapper again after a change of the sources'
        if (!flock) {
            withoutFlock()
        }
        command 'jbang', '''
            if [ -n "${inner:-}" ]; then exit 0; fi
            rm "$BACKFILL_HOME/target/installed"
            inner=yes exec "$BACKFILL_HOME/jbang" version
        '''

        expect:
        run(home, 'version').code == 0
        builds() == 2

        where:
        how             | flock
        'with flock'    | true
        'without flock' | false
    }

    def "without sources beside it, as in an image, nothing is built"() {
        given:
        Files.delete(home.resolve('pom.xml'))

        when:
        def ended = run(home, 'version')

        then:
        ended.out.endsWith(' <version>')
        ended.err == ''
        !Files.exists(folder.resolve('mvn.log'))
    }

    def "values for a template are given to JBang before the file's name, wherever they are typed: #words"() {
        expect:
        run(home, *words).out.endsWith(passed)

        where:
        words                                                                  | passed
        ['init', '-t', 'backfill', 'new.groovy', '-Dtable=a b', '-Dkey=id']    | ' <init> <-Dtable=a b> <-Dkey=id> <-t> <backfill> <new.groovy>'
        ['init', '-Dtable=x', '-t', 'backfill', '-Dkey=id', 'new.groovy']      | ' <init> <-Dtable=x> <-Dkey=id> <-t> <backfill> <new.groovy>'
        ['init', 'new.groovy']                                                 | ' <init> <new.groovy>'
        ['init']                                                               | ' <init>'
        ['run', 'x.groovy', '-Dtable=x']                                       | ' <run> <x.groovy> <-Dtable=x>'
    }

    def "our template is found from any folder: #words"() {
        expect:
        run(folder, *words).out.endsWith(passed.replace('HOME', home.toRealPath() as String))

        where:
        words                                                   | passed
        ['init', '-t', 'backfill', 'new.groovy', '-Dkey=id']    | ' <init> <-Dkey=id> <-t> <backfill@HOME> <new.groovy>'
        ['init', '--template', 'backfill', 'new.groovy']        | ' <init> <--template> <backfill@HOME> <new.groovy>'
        ['init', '-t=backfill', 'new.groovy']                   | ' <init> <-t=backfill@HOME> <new.groovy>'
        ['init', '-t', 'cli', 'backfill']                       | ' <init> <-t> <cli> <backfill>'
    }

    def "an alias of ours is found from any folder, and in ours it is JBang's own business"() {
        expect:
        run(folder, 'shop', 'x').out.endsWith(" <shop@$home> <x>")
        run(folder, 'run', 'shop').out.endsWith(" <run> <shop@$home>")
        run(home.resolve('dsl'), 'shop').out.endsWith(' <shop>')
        run(folder, 'other').out.endsWith(' <other>')
    }

    /** A PATH that has all that the wrapper and the commands need but flock. */
    private void withoutFlock() {
        def tools = Files.createDirectories(folder.resolve('tools'))
        for (tool in ['sh', 'readlink', 'cmp', 'find', 'sed', 'tr', 'head', 'cat', 'mkdir', 'rm', 'rmdir', 'mv', 'ln', 'cp', 'grep', 'date', 'sleep']) {
            def found = System.getenv('PATH').split(':').collect { Path.of(it, tool) }.find { Files.isExecutable(it) }
            Files.createSymbolicLink(tools.resolve(tool), found)
        }
        variables.PATH = "$commands:$tools".toString()
    }

    private Process start(Path where, String name) {
        def builder = builder(where, 'version')
        builder.redirectOutput(folder.resolve("${name}.out").toFile()).redirectError(folder.resolve("${name}.err").toFile())
        builder.start()
    }

    private String out(String name) {
        Files.readString(folder.resolve("${name}.out"))
    }

    private void command(String name, String body) {
        def file = commands.resolve(name)
        Files.writeString(file, "#!/bin/sh\nset -eu\n$body")
        file.toFile().executable = true
    }

    private Map run(Path where, String... arguments) {
        def process = builder(where, arguments).start()
        process.outputStream.close()
        def out = new StringBuilder()
        def err = new StringBuilder()
        process.waitForProcessOutput(out, err)
        [code: process.exitValue(), out: out.toString().trim(), err: err.toString()]
    }

    private ProcessBuilder builder(Path where, String... arguments) {
        def builder = new ProcessBuilder([home.resolve('jbang').toString(), *arguments]).directory(where.toFile())
        builder.environment().keySet().removeAll { it.startsWith('MAVEN') || it.startsWith('JBANG') || it.startsWith('BACKFILL') }
        builder.environment().putAll(variables)
        builder
    }

    private Path repository() {
        folder.resolve('.m2/repository')
    }

    private String log() {
        Files.readString(folder.resolve('mvn.log'))
    }

    private int builds() {
        log().readLines().size()
    }
}
