package dev.backfill.checkpoint

import dev.backfill.dsl.Scripts
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

class StoreWordsSpec extends Specification {
    static final Map<String, String> VARIABLES = [
        DB_HOST: 'db', DB_PORT: '5432', DB_DATABASE: 'shop', DB_USER: 'ops', DB_PASSWORD: 'x', MONGO_URI: 'mongodb://m/',
    ]

    @TempDir
    Path folder

    private static String script(String checkpoint) {
        """\
        backfill('prices') {
            about 'rounds prices'
            $checkpoint
            phase('all') {
                source postgres().table('prices').key('id').select('id', 'price')
                transform { p -> [id: p.id, price: 1] }
                sink postgres().table('prices').key('id').update('price')
            }
        }
        """.stripIndent()
    }

    def "a script says where its checkpoint is kept, and nothing is connected to"() {
        expect:
        new Scripts(folder).load(script(checkpoint), VARIABLES).backfill().store().get().title() == title

        where:
        checkpoint                                                    || title
        'checkpoint postgres()'                                       || 'schema backfill of shop on db:5432 in PostgreSQL'
        "checkpoint mongodb().collection('progress')"                 || 'checkpoint_db.progress in MongoDB'
        "checkpoint(mongodb().collection(env('PLACE', 'progress')))"  || 'checkpoint_db.progress in MongoDB'
    }

    def "a misspelt store is told with its place and what was meant"() {
        expect:
        new Scripts(folder).told(script(checkpoint)).join('\n').contains(hint)

        where:
        checkpoint                                    || hint
        "checkpoint mongo().collection('progress')"   || "'mongodb'"
        "checkpoint mongodb().colection('progress')"  || "'collection'"
        'checkpoint mongodb()'                        || 'cannot take (a MongoDB database)'
    }
}
