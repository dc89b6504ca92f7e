package dev.backfill.postgres.limit

import dev.backfill.connector.Budget
import dev.backfill.fault.QuietMachine
import dev.backfill.postgres.PostgresServer
import dev.backfill.run.OpenResources
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification

import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

class PostgresBudgetSpec extends Specification {
    private static final Duration SECOND = Duration.ofSeconds(1)
    private static final int SPAN = 10

    def settings = PostgresServer.database()
    @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @AutoCleanup OpenResources ours = new OpenResources(2)
    @AutoCleanup OpenResources theirs = new OpenResources(2)
    @AutoCleanup('shutdownNow') def threads = Executors.newFixedThreadPool(2)

    private open(OpenResources resources, long most, Duration period, String name = 'etsy') {
        new PostgresBudgetDefinition(settings, name).open(resources, most, period)
    }

    def "what is spent is spent for all processes, and comes back when the period is over by the database's clock"() {
        given:
        def one = open(ours, 100, Duration.ofDays(1))
        def other = open(theirs, 100, Duration.ofDays(1))

        expect:
        one.reserve(60) == Duration.ZERO

        when: 'half a day later'
        sql.executeUpdate 'update backfill.budgets set slice = slice - 500'

        then:
        other.reserve(40) == Duration.ZERO
        one.reserve(1) > Duration.ofHours(11)
        one.reserve(1) < Duration.ofMinutes(12 * 60 + 5)
        other.reserve(61) > Duration.ofHours(23)

        when: 'another half a day later'
        sql.executeUpdate 'update backfill.budgets set slice = slice - 502'

        then:
        one.reserve(60) == Duration.ZERO
        one.reserve(1) > Duration.ZERO
        sql.firstRow('select sum(amount) as n from backfill.budgets').n == 100
    }

    def "budgets of other names and of other periods are apart"() {
        expect:
        open(ours, 10, SECOND).reserve(10) == Duration.ZERO
        open(ours, 10, SECOND, 'printify').reserve(10) == Duration.ZERO
        open(ours, 10, Duration.ofMinutes(1)).reserve(10) == Duration.ZERO
        open(ours, 10, Duration.ofMinutes(1)).reserve(1) > SECOND
    }

    def "a dry run spends too"() {
        given:
        def dry = new OpenResources(2, true)

        expect:
        open(dry, 10, Duration.ofDays(1)).reserve(10) == Duration.ZERO
        open(ours, 10, Duration.ofDays(1)).reserve(1) > SECOND

        cleanup:
        dry.close()
    }

    def "who spends at the same time from one budget of 60 a second is never let through more often in any second"() {
        given:
        def budgets = [open(ours, 60, SECOND), open(theirs, 60, SECOND)]
        budgets*.reserve(0)
        sql.execute 'create table passed (slice bigint)'
        sql.execute '''create function noted() returns trigger language plpgsql as $$ begin
            insert into passed values (new.slice); return null; end $$'''
        sql.execute 'create trigger noted after insert or update on backfill.budgets for each row execute function noted()'

        when: 'both spend as fast as they may'
        def end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3)
        def work = budgets.collect { budget -> { -> spent(budget, end) } as Callable<Integer> }
        def made = threads.invokeAll(work)*.get()
        def passed = sql.rows('select slice from passed order by slice')*.slice

        then: 'in thousandths of a second by the database'
        passed.size() == made.sum()
        passed.drop(60).withIndex().every { at, i -> at - passed[i] > 1_000 }
        made.every { it > 0 }
    }

    private static int spent(Budget budget, long end) {
        def made = 0
        while (System.nanoTime() < end) {
            def wait = budget.reserve(1)
            made += wait.zero ? 1 : 0
            TimeUnit.NANOSECONDS.sleep(wait.toNanos())
        }
        made
    }

    def "two processes that share 60 a second make 98 to 100 % of it, and in no second more, in the virtual time of a database"() {
        given:
        def database = new VirtualDatabaseTime(sql, settings.database())
        def shared = new SharedBudget(database, [open(ours, 60, SECOND), open(theirs, 60, SECOND)], new Random(seed))

        when:
        def calls = shared.calls(SPAN)

        then:
        calls.of(0) + calls.of(1) == calls.total()
        calls.of(0) > 0 && calls.of(1) > 0
        calls.leastTimeOf(61) > 1_000_000
        calls.total() <= 60 * SPAN
        calls.total() >= 0.98 * 60 * SPAN
        calls.rate() >= 0.98 * 60

        where:
        seed << [1, 2]
    }

    @Requires(value = { QuietMachine.asked }, reason = QuietMachine.HOW)
    def "two real processes that share 60 a second make 98 to 100 % of it by the clock of the server that they call, and in no second more"() {
        given:
        def span = 20
        open(ours, 60, SECOND).reserve(0)
        sql.execute BudgetProcess.CALLS
        def start = (sql.firstRow('select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now').now as long) + 5_000_000

        when:
        BudgetProcess.two(settings, start, span)
        def calls = Calls.between(sql, start, start + span * 1_000_000L)

        then:
        calls.of(0) > 0 && calls.of(1) > 0
        calls.leastTimeOf(61) > 1_000_000
        calls.total() <= 60 * span
        calls.total() >= 0.98 * 60 * span
        calls.rate() >= 0.98 * 60
    }
}
