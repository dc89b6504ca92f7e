package dev.backfill.postgres.limit

import dev.backfill.postgres.PostgresServer
import dev.backfill.run.OpenResources
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Specification

import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

class PostgresBudgetSpec extends Specification {
    private static final Duration SECOND = Duration.ofSeconds(1)

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

    def "two processes that share 60 a second make all of it, and in no second more"() {
        given:
        def seconds = 4
        def budgets = [open(ours, 60, SECOND), open(theirs, 60, SECOND)]
        budgets*.reserve(0)
        sql.execute 'create table calls (at bigint)'
        sql.execute '''create function noted() returns trigger language plpgsql as $$ begin
            insert into calls select (extract(epoch from clock_timestamp()) * 1000000)::bigint; return null; end $$'''
        sql.execute 'create trigger noted after insert or update on backfill.budgets for each row execute function noted()'

        when: 'both spend as fast as they may'
        def until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)
        def work = budgets.collect { budget ->
            {
                def made = 0
                while (System.nanoTime() < until) {
                    def wait = budget.reserve(1)
                    made += wait.zero ? 1 : 0
                    TimeUnit.NANOSECONDS.sleep(wait.toNanos())
                }
                made
            } as Callable<Integer>
        }
        def made = threads.invokeAll(work)*.get()
        def calls = sql.rows('select at from calls order by at')*.at

        then: 'in the database\'s own time'
        calls.size() == made.sum()
        calls.indices.every { i -> i < 60 || calls[i] - calls[i - 60] >= 1_000_000 }
        made.every { it > 0 }

        and: 'what is given back is spent again within a fiftieth of the second, when this machine has time for it'
        def spans = (60..<calls.size()).collect { calls[it] - calls[it - 60] }.sort()
        1_000_000 / spans[spans.size().intdiv(10)] >= 0.98
    }
}
