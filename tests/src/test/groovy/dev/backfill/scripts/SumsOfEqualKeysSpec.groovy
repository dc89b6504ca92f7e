package dev.backfill.scripts

import dev.backfill.dsl.Launch
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** Validation counts records that the server takes for the same row once, whatever their keys look like. */
class SumsOfEqualKeysSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared sql = PostgresServer.sql(database)
    @TempDir Path folder

    def setupSpec() {
        sql.execute 'create extension citext'
        sql.execute "create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
    }

    def cleanupSpec() {
        sql.close()
    }

    def "a key that a batch has more than once is summed once: #type by #write"() {
        given:
        sql.execute 'drop table if exists codes'
        sql.execute "create table codes (code $type primary key, place text, units int)".toString()
        if (write == 'update') {
            sql.execute "insert into codes values ('abc', 'here', 0), ('b', 'here', 0)"
        }
        folder.resolve('codes.jsonl').toFile().text = ['Abc', 'aBC', 'b'].withIndex(1).collect { code, n -> """{"code": "$code", "units": ${10**n}}\n""" }.join()
        def script = new Scripts(folder).write('demo.groovy', """\
            backfill('demo') {
                about 'codes'
                def db = postgres()
                def codes = db.table('codes')
                checkpoint file('$folder/checkpoints')

                phase('codes') {
                    source files('$folder').readJsonl('codes.jsonl')
                    transform { c -> [code: c.code, place: 'here', units: c.units] }
                    sink codes.key('code').$write('place', 'units')
                }
                validate {
                    compareSums('codes', by: 'place', actual: { db.sql.rows('select place, sum(units) as units from codes group by place') }) { c -> [units: c.units] }
                }
            }
            """.stripIndent())
        assert Launch.run(script, ['run'], variables()) == 0

        expect:
        Launch.run(script, ['validate'], variables()) == 0

        when:
        sql.execute "update codes set units = 1 where code = 'b'"

        then:
        Launch.run(script, ['validate'], variables()) == 5

        where:
        [type, write] << [['citext', 'text collate any_case'], ['upsert', 'update']].combinations()
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database,
         DB_USER: database.user, DB_PASSWORD: database.password.reveal()]
    }
}
