package dev.backfill.scripts

import dev.backfill.dsl.Launch
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** Validation compares what a run wrote, though the run changes what its source and sinks go by; what it cannot compare it reports. */
class ValidateWrittenSpec extends Specification {
    @Shared
    def database = PostgresServer.database()
    @Shared
    def sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    def setup() {
        sql.execute 'drop table if exists orders, archive'
        sql.execute '''create table orders (id bigint primary key, tenant int not null default 1, amount int, total_eur int, approved_at date,
                                            touched_at timestamptz)'''
        sql.execute 'create table archive (id bigint primary key, amount int, touched_at timestamptz)'
        sql.execute 'insert into orders select n, n % 2, n * 10 from generate_series(1, 20) n'
    }

    def cleanupSpec() {
        sql.close()
    }

    private Path script(String body, String after = '') {
        new Scripts(folder).write('demo.groovy', """\
            backfill('demo') {
                about 'fills in the totals'

                def db      = postgres()
                def orders  = db.table('orders').key('id')
                def archive = db.table('archive').key('id')

                checkpoint file('$folder/checkpoints')
                batch      7

                phase('totals') {
                    $body
                }
                $after
            }

            Map more(o) { [id: o.id, amount: o.amount + 1] }
            """.stripIndent())
    }

    private Map launch(Path script, List<String> arguments) {
        def out = System.out
        def told = new ByteArrayOutputStream()
        System.out = new PrintStream(told, true, 'UTF-8')
        try {
            [code: Launch.run(script, arguments, variables()), out: told.toString('UTF-8')]
        } finally {
            System.out = out
        }
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database,
         DB_USER: database.user, DB_PASSWORD: database.password.reveal()]
    }

    private Map verdict(Path script) {
        def told = launch(script, ['validate', '--json', '--sample-size', '100'])
        def phase = (new JsonSlurper().parseText(told.out as String) as Map).phases[0] as Map
        [code: told.code, compared: phase.compared, uncompared: phase.uncompared.values().sum(0), reasons: phase.uncompared.keySet(),
         wrong: phase.sample.collectEntries { [it.key as int, it.reasons] }]
    }

    private static final String TOTAL = 'transform { o -> [id: o.id, total_eur: o.amount * 2] }'
    private static final String SINK = "sink orders.update('total_eur')"

    def "what was altered after the run is found: #what"() {
        given:
        def script = script(body)
        assert launch(script, ['run']).code == 0
        assert sql.firstRow('select count(*) as n from orders where total_eur = amount * 2').n == 20
        def right = verdict(script)

        when:
        sql.execute 'update orders set total_eur = 999 where id in (1, 2, 3, 4)'
        def wrong = verdict(script)

        then:
        [right.code, right.compared, right.uncompared, right.wrong] == [0, 20, 0, [:]]
        [wrong.code, wrong.compared, wrong.uncompared] == [5, 20, 0]
        wrong.wrong == (1..4).collectEntries { [it, ["orders in PostgreSQL: total_eur: 999 -> ${it * 20}".toString()]] }

        where:
        what                                       | body
        'whereNull, all rows read'                 | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\n${SINK}.whereNull('total_eur')"
        'the natural fill-in'                      | "source orders.where('total_eur is null').select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\n${SINK}.whereNull('total_eur')"
        'without whereNull, spaced otherwise'      | "source orders.where('total_eur  is\\n null ').select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\n$SINK"
        'where with when:'                         | "source orders.where('total_eur is null', when: true).select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\n$SINK"
        'the table of the sink is narrowed, too'   | "def todo = orders.where('total_eur is null')\nsource todo.select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\nsink todo.update('total_eur')"
        'returning, and another sink'              | "source orders.where('total_eur is null').select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\ntransform { o -> [id: o.id, amount: o.amount, total_eur: o.amount * 2] }\n${SINK}.whereNull('total_eur').returning('total_eur')\nsink archive.upsert('amount')"
        'an upsert into the table itself'          | "source orders.where('total_eur is null').select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\nsink orders.upsert('total_eur').touching('touched_at')"
    }

    def "a condition that closes a bracket of ours is refused before anything is written: newRows catchUp: '#condition'"() {
        given:
        def script = script("""source orders.select('id', 'amount')
            newRows catchUp: '$condition'
            $TOTAL
            $SINK""")

        expect:
        launch(script, ['run']).code == 2
        sql.firstRow('select count(total_eur) as n from orders').n == 0

        where:
        condition << ['true) or (true', 'id > 3) or (id > 0', 'true); commit; select (true', 'true; select 1', 'true /* open', 'id = 1 order by id']
    }

    def "a scope stays: rows of another tenant are not compared, whatever they hold"() {
        given:
        def script = script("""source orders.where('tenant = 1').where('total_eur is null').select('id', 'amount')
            newRows catchUp: 'total_eur is null'
            $TOTAL
            ${SINK}.whereNull('total_eur')""")
        launch(script, ['run'])
        sql.execute 'update orders set total_eur = 999 where id in (1, 2)'

        when:
        def verdict = verdict(script)

        then:
        verdict.compared == 10
        verdict.wrong.keySet() == [1] as Set
    }

    def "where the script accepts what is there already, only a null is wrong"() {
        given:
        def script = script("""source orders.select('id', 'amount', 'total_eur')
            newRows handledBy: 'x'
            transform { o -> [id: o.id, total_eur: o.total_eur ?: o.amount * 2] }
            ${SINK}.whereNull('total_eur').acceptExisting('the shop corrects totals')""")
        launch(script, ['run'])
        sql.execute 'update orders set total_eur = 999 where id = 1'
        sql.execute 'update orders set total_eur = null where id = 2'

        when:
        def verdict = verdict(script)

        then:
        [verdict.compared, verdict.uncompared] == [20, 0]
        verdict.wrong == [2: ['orders in PostgreSQL: total_eur: null -> 40']]
    }

    def "whereNull of a column that is not written is a scope"() {
        given:
        sql.execute "update orders set approved_at = '2024-01-01', total_eur = 7 where id = 3"
        def script = script("source orders.select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\n${SINK}.whereNull('approved_at')")
        launch(script, ['run'])
        sql.execute 'update orders set total_eur = 999 where id = 1'

        expect:
        verdict(script).wrong.keySet() == [1] as Set
        sql.firstRow('select total_eur from orders where id = 3').total_eur == 7
    }

    def "a condition about what the run changes that is not declared hides its rows: not valid, and plan warns (#what)"() {
        given:
        def script = script(body)
        def plan = launch(script, ['plan']).out
        assert launch(script, ['run']).code == 0
        sql.execute 'update orders set total_eur = 999 where id in (1, 2, 3, 4)'

        when:
        def told = launch(script, ['validate'])
        def verdict = verdict(script)

        then:
        told.code == 5
        told.out.contains('not compared: 20 records: the source no longer selects them: its condition is about')
        told.out.contains(named)
        told.out.contains('newRows catchUp:')
        verdict.uncompared == 20
        plan.contains("cannot compare")

        where:
        what                       | named       | body
        'of the table'             | 'total_eur' | "source orders.where('total_eur is null').select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\n${SINK}.whereNull('total_eur')"
        'within another condition' | 'total_eur' | "source orders.where('tenant < 5 and total_eur is null').select('id', 'amount')\nnewRows catchUp: 'total_eur is null'\n$TOTAL\n${SINK}"
        'about the target'         | 'archive'   | "source orders.where('not exists (select from archive a where a.id = orders.id)').select('id', 'amount')\nnewRows handledBy: 'x'\nsink archive.upsert('amount')"
        'of a touched column'      | 'touched_at' | "source orders.where('touched_at is null').select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\nsink orders.upsert('total_eur').touching('touched_at')"
    }

    def "the same is found after a run that had nothing left to do, and a sink's own condition counts, too"() {
        given:
        def hidden = script("source orders.where('total_eur is null').select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\n$SINK")
        launch(hidden, ['run'])
        launch(hidden, ['run', '--restart'])
        def nothing = launch(hidden, ['validate'])
        def narrowed = script("source orders.select('id', 'amount')\nnewRows handledBy: 'x'\n$TOTAL\nsink orders.where('total_eur is null').update('total_eur')")

        expect:
        nothing.code == 5
        nothing.out.contains('not compared: records: ')
        verdict(narrowed).uncompared == 20
    }

    def "a record that is made from what the phase writes is not compared, and a repair leaves it: #what"() {
        given:
        def script = script(body)
        launch(script, ['run'])
        def after = totals()

        when:
        def verdict = verdict(script)
        def repaired = launch(script, ['validate', '--repair'])

        then:
        [verdict.code, verdict.compared, verdict.uncompared, verdict.wrong] == [5, 0, 20, [:]]
        verdict.reasons.every { it.contains('amount') }
        repaired.code == 5
        totals() == after

        where:
        what                            | body
        'read by name'                  | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> [id: o.id, amount: o.amount + 1] }\nsink orders.update('amount')"
        'all of it'                     | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> o + [amount: 1 + o.values()[1]] }\nsink orders.update('amount')"
        'by a function'                 | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> more(o) }\nsink orders.update('amount')"
        'by an exclude'                 | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\nexclude { o -> o.amount == 3 }\ntransform { o -> [id: o.id, amount: 3] }\nsink orders.update('amount')"
        'by a reject'                   | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\nreject { o -> o.amount == 3 ? 'done' : null }\ntransform { o -> [id: o.id, amount: 3] }\nsink orders.update('amount')"
        'by the condition of a sink'    | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\nsink orders.update('amount'), only: { o -> o.amount != 3 }"
        'for another sink, too'         | "source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> [id: o.id, amount: o.amount + 1] }\nsink archive.upsert('amount')\nsink orders.update('amount')"
    }

    private List<Integer> totals() {
        sql.rows('select amount from orders order by id')*.amount + sql.rows('select amount from archive order by id')*.amount
    }

    def "the script may accept that, with a reason, and a phase that repeats until nothing differs is compared"() {
        given:
        def accepted = script("source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> [id: o.id, amount: o.amount + 1] }\nsink orders.update('amount')",
                "validate { acceptUncompared 'amounts grow' }")
        launch(accepted, ['run'])
        def valid = launch(accepted, ['validate'])
        def settled = script("source orders.select('id', 'amount')\nnewRows handledBy: 'x'\ntransform { o -> [id: o.id, amount: Math.min(o.amount, 100)] }\nrepeatUntilStable()\nsink orders.update('amount')")

        expect:
        valid.code == 0
        valid.out.contains('not compared: 20 records')
        valid.out.contains('accepted: amounts grow')

        when:
        def verdict = verdict(settled)

        then:
        [verdict.compared, verdict.uncompared, verdict.wrong.keySet()] == [20, 0, (10..20) as Set]
    }

    def "a repair writes no row outside the source's condition, and says how many it left"() {
        given:
        def script = script("""source orders.where('tenant = 1').where('total_eur is null').select('id', 'amount')
            newRows catchUp: 'total_eur is null'
            $TOTAL
            $SINK""")
        launch(script, ['run'])
        sql.execute 'update orders set total_eur = 999 where id in (1, 3)'
        sql.execute 'update orders set total_eur = null where id = 5'

        when:
        def told = launch(script, ['validate', '--repair'])

        then:
        told.code == 5
        told.out.contains('repaired: 1 record written again; 2 records left as before')
        sql.rows('select id, total_eur from orders where id in (1, 3, 5) order by id')*.total_eur == [999, 999, 100]
    }

    def "where every record would be rejected, plan finds a problem and a dry run says why"() {
        given:
        def script = script("source orders.select('id', 'amount')\nnewRows handledBy: 'x'\nreject { o -> o.amount > 0 ? 'too much' : null }\n$TOTAL\n$SINK")

        when:
        def plan = launch(script, ['plan'])
        def dry = launch(script, ['run', '--dry-run'])

        then:
        plan.code == 5
        plan.out.contains('each of the 7 records looked at would be a dead letter, the first one 1: reject: too much')
        dry.out.contains('would be dead letters: 20')
        dry.out.contains('20 would be rejected, the first 1: totals: reject: too much')
        !dry.out.contains('--dead-letters')
    }

    def "a file next to the table says nothing of what differs"() {
        given:
        def script = script("""source orders.select('id', 'amount')
            newRows handledBy: 'x'
            $TOTAL
            sink files('$folder').writeJson('orders.json', 'orders')
            $SINK""")
        launch(script, ['run'])
        sql.execute 'update orders set total_eur = 999 where id = 1'

        expect:
        verdict(script).wrong == [1: ['orders in PostgreSQL: total_eur: 999 -> 20']]
    }

    def "a later start of a run that is done looks for rows that came after it, as plan says before"() {
        given:
        def script = script("""source orders.where('total_eur is null').select('id', 'amount')
            newRows catchUp: 'total_eur is null'
            $TOTAL
            $SINK""")
        launch(script, ['run'])

        when:
        def none = launch(script, ['run'])

        then:
        none.code == 0
        none.out =~ /demo: nothing to do: run \S+ was done at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+, and a new look found no rows to be done; --restart begins again/

        when:
        sql.execute 'insert into orders select n, n % 2, n * 10 from generate_series(101, 103) n'
        def planned = launch(script, ['plan'])

        then:
        planned.code == 0
        planned.out =~ /run \S+, begun \S+ \S+ \S+, is done: a new look for more rows/
        planned.out =~ /(?m)^  totals \(done\)  +3  /

        when:
        def more = launch(script, ['run'])

        then:
        more.code == 0
        more.out =~ /demo: done in \S.*: run \S+ was done at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+, and a new look found 3 records more/
        sql.firstRow('select count(*) as n from orders where total_eur = amount * 2').n == 23

        and:
        launch(script, ['plan']).out =~ /(?m)^  totals \(done\)  +0  /
    }
}
