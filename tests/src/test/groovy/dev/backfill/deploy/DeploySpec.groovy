package dev.backfill.deploy

import dev.backfill.dsl.Launch
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml
import org.yaml.snakeyaml.constructor.SafeConstructor
import spock.lang.Shared
import spock.lang.Specification

/** The files of deploy/inventory-fields, as far as they can be held to without Docker. */
class DeploySpec extends Specification {
    static final File HOME = new File('..').canonicalFile
    static final File FOLDER = new File(HOME, 'deploy/inventory-fields')
    static final File SCRIPT = new File(HOME, 'scripts/inventory-fields.groovy')

    @Shared List<List<String>> example = new File(FOLDER, '.env.example').readLines()
            .findAll { it && !it.startsWith('#') }*.split('=', 2)*.toList()
    @Shared List<List<String>> steps = instructions(new File(FOLDER, 'Dockerfile').text)

    def "compose starts it again only after a failure, and gives it time to save"() {
        given:
        def options = new LoaderOptions(allowDuplicateKeys: false)

        when:
        def compose = new Yaml(new SafeConstructor(options)).load(new File(FOLDER, 'docker-compose.yml').text) as Map

        then:
        compose.keySet() == ['services', 'volumes'] as Set
        compose.services.keySet() == ['backfill-inventory-fields'] as Set
        with(compose.services['backfill-inventory-fields'] as Map) {
            restart == 'on-failure'
            command == ['--exit-zero-on', '3,4']
            stop_grace_period == '30s'
            init == true
            read_only == true
            env_file == [[path: '.env', format: 'raw']]
            new File(FOLDER, build.context as String).canonicalFile == HOME
            new File(HOME, build.dockerfile as String).isFile()
            volumes == ['spool:/tmp'] && compose.volumes.containsKey('spool')
        }
    }

    def "the example names every variable that is read, once, and no other"() {
        given:
        def words = ['postgres', 'mongodb', 'typesense'].collectMany { module ->
            def files = []
            new File(HOME, "lib/$module/src/main/java").eachFileRecurse { if (it.name.endsWith('.java')) { files << it } }
            files.collectMany { named(it.text, /settings\s*\.(?:find|text|secret|count|seconds|value)\("(\w+)"/) }
        }
        def script = named(SCRIPT.text, /(?:env|secret)\('(\w+)'/)

        expect:
        words.size() > 10 && script.size() > 3
        example*.first().sort() == (words + script).unique().sort()
    }

    def "what must be set is empty in the example, and all that the script then lacks"() {
        when:
        def missing = (Launch.load(SCRIPT.toPath(), [], [:]).problems().first() =~ /missing variables: (.*?);/)[0][1].split(', ').toList()
        def program = Launch.load(SCRIPT.toPath(), [], example.collectEntries() + missing.collectEntries { [it, '1'] })

        then:
        missing.size() == 9
        example.findAll { it[0] in missing }*.last().every { it == '' }
        program.problems() == []
    }

    def "the values in the example are what holds without them"() {
        given:
        def script = (SCRIPT.text =~ /env\('(\w+)', '?([^')]+)/).collect { [it[1], it[2]] }.collectEntries()

        expect:
        script.size() > 3
        example.findAll { name, value -> value }.collectEntries() == script + [
                DB_CONNECTION_TIMEOUT: '10', MONGO_CONNECTION_TIMEOUT: '10', TYPESENSE_CONNECTION_TIMEOUT: '10', TYPESENSE_PROTOCOL: 'http']
    }

    def "the image runs the script as a user without rights, trusts today's authorities, and lets signals through"() {
        given:
        def run = steps.drop(steps.findLastIndexOf { it[0] == 'FROM' })

        expect:
        run.first()[1].startsWith('debian:')
        run.findAll { it[0] == 'RUN' }*.last().any { it.contains('apt-get upgrade') && it.contains(' ca-certificates ') && it.contains('-jre-headless') }
        run.findAll { it[0] == 'USER' } == [['USER', '10001:10001']]
        run.last() == ['ENTRYPOINT', '["/opt/backfill/jbang", "run", "--offline", "/opt/backfill/scripts/inventory-fields.groovy"]']
    }

    def "whatever the image copies is there, and files with variables never reach the build"() {
        given:
        def copied = steps.findAll { it[0] == 'COPY' && !it[1].startsWith('--from') }*.last()*.split(' ')*.toList()*.init().flatten()
        def sent = new File(FOLDER, 'Dockerfile.dockerignore').readLines().findAll { it && !it.startsWith('#') }

        expect:
        copied.every { new File(HOME, it as String).exists() }
        sent.first() == '**'
        sent.findAll { it.startsWith('!') }*.substring(1) as Set == copied as Set
        sent.takeRight(3) == ['**/target', '**/.env', '**/.env.*']
        new File(FOLDER, 'fill-caches').canExecute()
    }

    private static List<String> named(String text, String pattern) {
        (text =~ pattern).collect { it[1] as String }
    }

    /** Each instruction and its argument, with continued lines joined. */
    private static List<List<String>> instructions(String text) {
        text.replaceAll(/(?m)^#.*\n/, '').replaceAll(/\\\n\s*/, '').readLines().findAll()*.split(' ', 2)*.toList()
    }
}
