package dev.backfill.template

import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Launch
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** What `jbang init -t backfill` makes. */
class TemplateSpec extends Specification {
    static final File HOME = new File('..').canonicalFile

    @Shared Map template = new JsonSlurper().parse(new File(HOME, 'jbang-catalog.json')).templates.backfill

    @TempDir
    Path folder

    /** JBang's jar, where the wrapper puts it; surefire tells the local repository. */
    static Path jbang() {
        def version = (new File(HOME, 'jbang').text =~ /(?m)^version=(.+)$/)[0][1]
        Path.of(System.getProperty('localRepository', ''), "dev/jbang/jbang-cli/$version/jbang-cli-$version-all.jar")
    }

    def "it states a backfill without mistakes, and lacks nothing but the database"() {
        when:
        def program = Launch.load(write('new.groovy'), [], [:])

        then:
        program.backfill().name() == 'new'
        program.problems() == ['missing variables: DB_HOST, DB_PORT, DB_DATABASE, DB_USER, DB_PASSWORD; set them in the environment or in a file .env']
    }

    def "it runs as it is, on the table, key and column that are named"() {
        given:
        def database = PostgresServer.database()
        def sql = PostgresServer.sql(database)
        sql.execute "create table stock (sku text primary key, label text, other text default ' as it was ')"
        sql.execute "insert into stock select 'sku-' || n, case when n % 3 > 0 then ' label ' end from generate_series(1, 25) n"

        def script = write('2024-labels.groovy', [table: 'stock', key: 'sku', column: 'label'])
        def variables = [DB_HOST: database.host(), DB_PORT: database.port() as String, DB_DATABASE: database.database(), DB_USER: database.user(),
                         DB_PASSWORD: database.password().reveal(), BATCH_SIZE: '10', SLEEP_BETWEEN_BATCHES: '0']

        when:
        def checked = tell(script, ['check'], variables)
        def planned = tell(script, ['plan'], variables)

        then:
        checked.contains('no mistakes found')
        planned.contains(': ready to run')
        planned =~ /(?m)^  label +about 25 +10 +\d+\.\d s +\d+\.\d s  stock in PostgreSQL$/
        planned =~ /(?m)^  stock in PostgreSQL: .*\n    record  field  before     after\n    sku-1   label  ' label '  label$/
        sql.rows("select count(*)::int as n from stock where label = 'label'")[0].n == 0

        when:
        def code = Launch.run(script, ['--quiet'], variables)

        then:
        code == 0
        tell(script, ['validate'], variables).contains('valid')
        sql.rows('select label, other, count(*)::int as n from stock group by 1, 2 order by 1')*.values()*.toList() ==
                [['label', ' as it was ', 17], [null, ' as it was ', 8]]

        when: 'someone spoils a row'
        sql.execute "update stock set label = 'label ' where sku = 'sku-1'"

        then:
        Launch.run(script, ['validate'], variables) == 5

        cleanup:
        sql?.close()
    }

    @Requires(value = { Files.exists(TemplateSpec.jbang()) }, reason = 'JBang is not in the local repository; ./jbang fetches it')
    def "JBang makes the same of it, in a file that can be started"() {
        given:
        def made = folder.resolve("${name}.groovy")
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java') as String

        when:
        def builder = new ProcessBuilder([java, '-jar', jbang() as String, 'init', '-t', "backfill@$HOME" as String]
                + properties.collect { key, value -> "-D$key=$value" as String } + [made as String])
        builder.environment().put('JBANG_DIR', folder.resolve('jbang') as String)
        def process = builder.redirectErrorStream(true).start()
        process.outputStream.close()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0
        said.contains('initialized')
        Files.isExecutable(made)
        Files.readString(made) == rendered(name, properties)

        where:
        name           | properties
        'new'          | [:]
        '2024-labels'  | [table: 'stock', key: 'sku', column: 'label']
    }

    private static String tell(Path script, List<String> arguments, Map<String, String> variables) {
        def out = new StringWriter()
        def err = new PrintWriter(new StringWriter())
        assert BackfillCommand.execute(Launch.load(script, arguments, variables), arguments, new PrintWriter(out), err) == 0
        out.toString()
    }

    private Path write(String file, Map<String, String> properties = [:]) {
        Files.writeString(folder.resolve(file), rendered(file - '.groovy', properties))
    }

    /** The template with its placeholders replaced; that JBang does no more is a feature of its own. */
    private String rendered(String name, Map<String, String> properties) {
        def values = template.properties.collectEntries { key, property -> [key, properties[key] ?: property.default] } + [baseName: name]
        new File(HOME, template['file-refs']['{basename}.groovy'] as String).text
                .replaceAll(/(?<!\\)\{(\w+)\}/) { all, key -> values[key] }
                .replace('\\{', '{').replace('\\}', '}')
    }
}
