package dev.backfill.cli

import dev.backfill.cli.session.Streams
import dev.backfill.dsl.Launch
import dev.backfill.layout.DisplayText
import dev.backfill.layout.Screen
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path
import java.time.ZoneId

/**
 * What each command prints, compared whole at two widths with the texts in resources/golden. They are written again with
 * -Dgolden.write=true; look at each before it is kept.
 */
@Timeout(120)
@Requires({ !PostgresServer.pooled })
class GoldenTextSpec extends Specification {
    private static final Path GOLDEN = Path.of('src/test/resources/golden')
    private static final Path FOLDER = Path.of('target/golden')
    private static final Path SCRIPT = FOLDER.resolve('shop.groovy')

    private static final String REJECTED = "update products set price = -1, name = repeat('商品', 30) where id in (7, 70)"

    @Shared database = emptyDatabase()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    def setup() {
        FOLDER.toFile().deleteDir()
        Files.createDirectories(FOLDER)
        Files.writeString(SCRIPT, """
            // Fills in what the new shop needs.
            backfill('shop') {
                about 'Sets the price in cents and copies customers to the new table.'
                def db = postgres()
                def products = db.table('products').key('id')
                def customers = db.table('customers').key('id')

                checkpoint file('target/golden/checkpoints')
                batch      20
                throttle { pause 0.001 }
                deadLetters atMost: 50
                ensure     db.script('create table if not exists buyers (id bigint primary key, name text, note text)')

                phase('cents') {
                    source    products.select('id', 'name', 'price')
                    newRows   handledBy: 'the application since 4.2'
                    reject    { p -> p.price < 0 ? 'the price is below 0' : null }
                    transform { p -> [id: p.id, cents: p.price * 100] }
                    sink      products.update('cents')
                }
                phase('copy') {
                    source    customers.select('id', 'name', 'note')
                    newRows   handledBy: 'the application since 4.2'
                    transform { c -> [id: c.id, name: c.name.trim(), note: c.note] }
                    sink      db.table('buyers').key('id').upsert('name', 'note')
                }
                validate {
                    compareCounts()
                    check('every product has cents') { db.sql.firstRow('select count(*) as n from products where cents is null').n == 0 }
                }
            }
            """.stripIndent())
        sql.execute 'drop table if exists products, customers, buyers'
        sql.execute 'create table products (id bigint primary key, name text, price bigint, cents bigint)'
        sql.execute 'create table customers (id bigint primary key, name text, note text)'
        sql.execute "insert into products select n, 'product ' || n, n, case when n < 10 then 7 end from generate_series(1, 120) n"
        sql.execute "insert into customers values (1, 'Ada ', null), (2, '商品 山田', 'prefers letters in the evening'), (3, ' Grace', repeat('a long note ', 12))"
        sql.execute 'analyze'
    }

    private static emptyDatabase() {
        PostgresServer.sql(PostgresServer.settings('postgres')).withCloseable {
            it.execute 'drop database if exists shop with (force)'
            it.execute 'create database shop'
        }
        PostgresServer.settings('shop')
    }

    private String printed(List<String> arguments, int width, boolean colour = false) {
        def variables = [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: 'shop',
                         DB_USER: database.user(), DB_PASSWORD: database.password().reveal()]
        def text = new StringWriter()
        def writer = new PrintWriter(text, true)
        def screen = new Screen(width, colour, ZoneId.of('America/Santiago'))
        BackfillCommand.execute(Launch.load(SCRIPT, arguments, variables), arguments, new Streams(writer, writer, screen))
        normalised(text.toString())
    }

    /** What is another each time, by something as wide. */
    private static String normalised(String text) {
        text.replaceAll(/\d{8}-\d{6}-\w{4}/, '20261128-085253-abcd')
            .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, '2026-11-28 08:52:53')
            .replaceAll(/\b\d\.\d s\b/, '0.1 s')
            .replaceAll(/time: work[^\u001b\n]*/, 'time: work 88 %, pause 0.001 s 12 %')
            .replaceAll(/by \S+@\S+ pid \d+/, 'by ada@shop pid 12345')
            .replaceFirst(/(?s)^shop: .*(?=started +took)/, '')
            .replaceAll(/database takes \d+ [kM]B/, 'database takes 17 MB')
            .replaceAll(/\d\d kB with/, '32 kB with')
            .replaceAll(/\b\d\d\d of 300 connections/, '295 of 300 connections')
            .replaceAll(/PostgreSQL \d\d\.\d+/, 'PostgreSQL 17.7')
            .replaceAll(/files in \S+/, 'files in /srv/golden/checkpoints')
            .replaceAll(/127\.0\.0\.1:\d{5}/, '127.0.0.1:54321')
    }

    private void isGolden(String name, List<String> arguments, int width, Closure before = {}) {
        setup()
        before()
        def text = printed(arguments, width)
        def golden = GOLDEN.resolve("${name}-${width}.txt")
        if (System.getProperty('golden.write') == 'true') {
            Files.createDirectories(GOLDEN)
            Files.writeString(golden, text)
        }
        assert text == Files.readString(golden)
        assert text.readLines().findAll { DisplayText.width(it) > width && !it.contains('jbang run') } == [] // a command stays whole, to be copied
    }

    def "plan of a new run"() {
        expect:
        isGolden('plan', ['plan'], width)

        where:
        width << [80, 130]
    }

    def "plan of all facts"() {
        expect:
        isGolden('plan-verbose', ['plan', '--verbose'], width)

        where:
        width << [80, 130]
    }

    def "plan with problems"() {
        expect:
        isGolden('plan-problems', ['plan'], width) { sql.execute 'alter table products drop constraint products_pkey' }

        where:
        width << [80, 130]
    }

    def "plan of a run that was stopped"() {
        expect:
        isGolden('plan-resume', ['plan'], width) { printed(['--limit', '60', '--quiet'], 80) }

        where:
        width << [80, 130]
    }

    def "#name at #width"() {
        expect:
        isGolden(name, arguments, width) { before.each { it instanceof String ? sql.execute(it) : printed(it, 80) } }

        where:
        [[name, arguments, before], width] << [[
            ['check', ['check'], []],
            ['run', [], [REJECTED]],
            ['run-limit', ['--limit', '60'], []],
            ['run-done', [], [['--quiet']]],
            ['dry-run', ['--dry-run'], [REJECTED, ['--limit', '1', '--quiet']]],
            ['validate', ['validate'], [['--quiet']]],
            ['validate-differs', ['validate'], [['--quiet'], 'update products set cents = 1 where id = 5', 'delete from buyers where id = 2']],
            ['history', ['status', '--history'], [['--limit', '60', '--quiet'], ['--quiet']]],
            ['dead-letters', ['status', '--dead-letters'], [REJECTED, ['--quiet']]],
            ['dead-letters-none', ['status', '--dead-letters'], [['--quiet']]],
            ['retry-list', ['retry', '--list'], [REJECTED, ['--quiet']]],
            ['help', ['--help'], []],
            ['help-plan', ['plan', '--help'], []],
        ], [80, 130]].combinations()
    }

    def "colour marks the same text, and none is shown with --no-color: #name"() {
        given:
        def shown = { List<String> more, boolean colour ->
            setup()
            before.each { it instanceof String ? sql.execute(it) : printed(it, 80) }
            printed(arguments + more, 80, colour)
        }
        def golden = GOLDEN.resolve("${name}-colour.txt")

        when:
        def text = shown([], true).replace('\u001b', '<ESC>')
        if (System.getProperty('golden.write') == 'true') {
            Files.writeString(golden, text)
        }

        then:
        text == Files.readString(golden)
        text.contains('<ESC>[')
        text.replaceAll(/<ESC>\[[0-9;]*m/, '') == shown([], false)
        shown(['--no-color'], true) == shown([], false)

        where:
        name              | arguments    | before
        'plan'            | ['plan']     | []
        'run'             | []           | [REJECTED]
        'validate'        | ['validate'] | [['--quiet'], 'update products set cents = 1 where id = 5']
        'status'          | ['status']   | [['--limit', '60', '--quiet']]
        'help'            | ['--help']   | []
    }

    def "wide and very long values stay in their columns: #width"() {
        expect:
        isGolden('plan-values', ['plan', '--phase', 'copy', '--sample-size', '4'], width) {
            sql.execute 'create table buyers (id bigint primary key, name text, note text)'
            sql.execute "insert into buyers values (1, 'Ada', repeat('商品の説明 ', 40)), (2, '商品', repeat('x', 500))"
            sql.execute "update customers set note = repeat('a word ', 50) where id = 1"
            sql.execute "update customers set note = E'two\\nlines\\tand \\u00e9' where id = 2"
            sql.execute "update customers set name = repeat('長い名前', 30), note = repeat('e\u0301', 100) where id = 3"
        }

        where:
        width << [80, 130]
    }
}
