package dev.backfill.dsl.check

import dev.backfill.dsl.Scripts
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

class RenamedWordsSpec extends Specification {
    private static final String SCRIPT = '''\
        backfill('old') {
            about 'a script in the words of the development versions'
            def api      = http('http://localhost') { throttle {
                rate 6
                atOnce 4
                sharedIn '/tmp/rate' } }
            def db       = postgres()
            def lake     = files('/tmp/lake').madeBy('the download')
            def products = db.table('products').key('id')
                    .whereIf(option('active', false), 'is_active')
            def asked    = products.select('id')
                    .required('there are none')
            checkpoint(mongodb().collection('progress')) { counters 'done', 'gone' }
            before       { db.sql.execute('select 1') }
            throttle     { lag db.lag(),
                stop: 5,
                goOn: 2 }
            phase('a') {
                newRows   tail: 'is_active'
                source    api.get('/{product.id}').forEach(product: asked)
                        .answer('lots', 'data')
                        .noneOn(404)
                lookup    'x', products.by('id').select('name'), on: 'lots',
                        missing: 'not found'
                detail    { r -> "$r.lots" }
                transform { r -> [id: agreed(1, 1), name: 'x'] }
                recheck()
                sink      products.update('name'),
                        counted: 'done',
                        missing: 'gone',
                        when: { r -> r.id > 1 }
                sink      products.upsert('name')
                        .orBy('name')
                        .distinct('name')
                        .replacing('true')
                sink      lake.json('a.json', 'all')
                        .header { t -> [count: t.written] }
                sink      lake.jsonl('b.jsonl')
            }
            phase('b') {
                source    lake.read('a.json', 'all')
                        .each('lots')
                sink      products.update('name')
            }
            phase('c') {
                source    lake.lines('b.jsonl').select('id', 'name')
                sink      products.update('name')
            }
            validate {
                counts()
                sums('a', by: 'id',
                     held: { [] }) { r -> [n: 1] }
            }
        }
        '''.stripIndent()

    @TempDir
    Path folder

    def "each old word is one mistake that names the new one, and all are reported at once"() {
        expect:
        new Scripts(folder).told(SCRIPT)
                .collect { it.replaceFirst(/^(\d+):\d+/, '$1') } == [
            "5: 'atOnce' is now 'concurrency'",
            "6: 'sharedIn' is now 'sharedVia'",
            "8: 'madeBy' is now 'orFail'",
            "10: 'whereIf' is now 'where(condition, when: true or false)'",
            "12: 'required' is now 'orFail'",
            "14: 'before' is now 'beforeRun'",
            "16: 'stop:' is now 'pauseAbove:'",
            "17: 'goOn:' is now 'resumeBelow:'",
            "19: 'tail:' is now 'catchUp:'",
            "21: 'answer' is now 'response'",
            "22: 'noneOn' is now 'emptyOn'",
            "24: 'missing:' is now 'orReject:'",
            "25: 'detail' is now 'logEach'",
            "26: 'agreed' is now 'sameOrReject'",
            "27: 'recheck' is now 'repeatUntilStable'",
            "29: 'counted:' is now 'countAs:'",
            "30: 'missing:' is now 'countMissingAs:'",
            "31: 'when:' is now 'only:'",
            "33: 'orBy' is now 'fallbackKey'",
            "34: 'distinct' is now 'suffixDuplicates'",
            "35: 'replacing' is now 'replaceWhere'",
            "36: 'json' is now 'writeJson'",
            "37: 'header' is now 'envelope'",
            "38: 'jsonl' is now 'writeJsonl'",
            "41: 'read' is now 'readJson'",
            "42: 'each' is now 'unnest'",
            "46: 'lines' is now 'readJsonl'",
            "50: 'counts' is now 'compareCounts'",
            "51: 'sums' is now 'compareSums'",
            "52: 'held:' is now 'actual:'"]
    }

    def "a word of the same name elsewhere, and a method of the script's own, stay what they are"() {
        expect:
        new Scripts(folder).told('''\
            backfill('own') {
                about 'uses names that were words in other places'
                def products = postgres().table('products').key('id')
                def names = ['a', 'b'].each { it.trim() }
                def fdb = foundationdb().keyspace('user', 'u').uuid('id').json(name: 'text')
                checkpoint postgres()
                phase('a') {
                    newRows   handledBy: 'nobody adds any'
                    source    products.select('id', 'name')
                    transform { p -> [id: p.id, name: detail(p.name)] }
                    sink      products.update('name')
                }
            }

            String detail(name) { "$name".toString() }
            '''.stripIndent()) == []
    }
}
