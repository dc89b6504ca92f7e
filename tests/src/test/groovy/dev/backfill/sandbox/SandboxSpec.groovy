package dev.backfill.sandbox

import com.mongodb.client.MongoClients
import dev.backfill.plan.Settings
import dev.backfill.sandbox.data.PostgresData
import dev.backfill.sandbox.plan.Declaration
import dev.backfill.sandbox.plan.Size
import dev.backfill.sandbox.words.SandboxWordProvider
import groovy.sql.Sql
import org.bson.Document
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class SandboxSpec extends Specification {

    @Shared Declaration declaration = declare()
    @Shared @AutoCleanup Sandbox sandbox = new Sandbox(declaration)
    @Shared @AutoCleanup Sql sql
    @Shared Map<String, Long> filled

    def setupSpec() {
        sandbox.start([:])
        filled = sandbox.fill(new Size(200, 7))
        sql = new Sql(sandbox.postgres().dataSource())
    }

    def "it is filled as declared, and says with how much"() {
        expect:
        filled == ['public.cats': 200, cats_found: 162]
        sql.firstRow('select count(*), min(lives), max(lives) from cats').values() as List == [200, 1, 9]
    }

    def "the checks see the tables and the documents as they were and as they are"() {
        expect:
        sandbox.inspect().findings()*.holds() == [true, true, true]
        sandbox.inspect().figures()*.label() == ['lives']

        when: 'a cat dies, and MongoDB is told of it'
        sql.execute('update cats set lives = 0 where id in (select id from cats where lives < 9 order by id limit 5)')
        MongoClients.create(sandbox.mongodb().get().uri()).withCloseable {
            it.getDatabase('any').getCollection('deaths').insertOne(new Document(_id: 'one', count: 5L))
        }
        def findings = sandbox.inspect().findings()

        then:
        findings*.offenders() == [5, 0, 0]
        findings[0].examples().size() == 3
        findings[0].examples()[0] =~ /"lives":0/
        sql.firstRow("select document ->> 'count' as count from after.deaths").count == '5'

        cleanup:
        sql.execute('update cats set lives = was.lives from before.cats was where was.id = cats.id')
    }

    def "a document that was changed or lost is found"() {
        given:
        def search = sandbox.search().get()
        def lost = new URL("${search.uri()}/collections/cats_found/documents/cat%201").openConnection()
        lost.requestMethod = 'DELETE'
        lost.setRequestProperty('X-TYPESENSE-API-KEY', search.apiKey())

        expect:
        lost.responseCode == 200
        sandbox.inspect().findings()[1].offenders() == 1
        sandbox.inspect().findings()[1].examples()[0].contains('cat 1')
    }

    def "the same seed gives the same data, another seed other data"() {
        expect:
        cats('first', 7) == cats('second', 7)
        cats('third', 8) != cats('fourth', 7)
    }

    def "its variables are the servers' addresses and what the declaration adds"() {
        given:
        def variables = sandbox.variables()

        expect:
        variables.DB_PORT == sandbox.postgres().port().toString()
        variables.MONGO_URI == sandbox.mongodb().get().uri()
        variables.TYPESENSE_PORT == sandbox.search().get().uri().port.toString()
        variables.CATS == 'public.cats'
        !variables.containsKey('PAUSE')
    }

    def "a closed sandbox starts nothing more"() {
        given:
        def closed = new Sandbox(declaration)
        closed.close()

        when:
        closed.start([:])

        then:
        thrown(IllegalStateException)
        closed.servers().empty
    }

    private List cats(String database, long seed) {
        sql.execute("create database $database$seed".toString())
        Sql.newInstance("jdbc:postgresql://127.0.0.1:${sandbox.postgres().port()}/$database$seed", 'postgres', 'any').withCloseable {
            PostgresData.fill(it.connection, declaration.statements(), new Size(50, seed))
            it.rows('select * from cats order by id')
        }
    }

    private static Declaration declare() {
        def words = new SandboxWordProvider().create(new Settings([:]))
        words.sandbox('cats') { block ->
            block.about 'cats'
            block.script([PAUSE: 0], 'scripts/cats.groovy')
            block.variables CATS: 'public.cats'
            block.mongodb()
            block.postgres { it.sql '''
                create table cats (id text primary key, lives int not null);
                insert into cats select 'cat ' || n, sandbox.number(n, 'lives', 1, 9) from generate_series(1, sandbox.rows()) n
            ''' }
            block.typesense {
                it.collection('cats_found') {
                    it.fields name: 'string', lives: 'int32?'
                    it.documents """
                        select id, id || ' "the\\first" ñ' as name, nullif(lives, 9) as lives from cats where id not like '%5%'
                    """
                }
            }
            block.check 'no cat is dead', 'select id, lives from cats where lives < 1 order by id'
            block.check 'documents are as they were', '''
                select id from before.cats_found was full join after.cats_found now using (id)
                where was.document is distinct from now.document
            '''
            block.check 'a cat with nine lives has none in its document', '''
                select id from cats join after.cats_found using (id) where (lives = 9) = (document ?? 'lives')
            '''
            block.show 'lives', 'select sum(lives) from cats'
        }.declaration()
    }
}
