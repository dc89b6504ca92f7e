package dev.backfill.http.rate

import spock.lang.Specification

import java.time.Duration

class WindowSpec extends Specification {
    static final long MILLI = 1_000_000L
    static final long SECOND = 1000 * MILLI

    /** Sends so many calls as soon as they may; the answer to each comes after the time that the function tells for its number. */
    private static List<Long> send(Window window, int calls, Closure<Long> latency, Closure<Long> pause = { 0L }) {
        long now = 5 * SECOND
        List<Long> sent = []
        TreeMap<Long, List<Long>> answers = [:]
        while (sent.size() < calls) {
            while (answers && answers.firstKey() <= now) {
                def due = answers.pollFirstEntry()
                due.value.each { window.answered(it, due.key) }
            }
            long wait = window.take(now)
            if (wait) {
                now += wait
            } else {
                answers.computeIfAbsent(now + latency(sent.size()), { [] }) << window.last()
                sent << now
                now += pause(sent.size())
            }
        }
        sent
    }

    private static double rate(List<Long> sent) {
        (sent.size() - 1) / ((sent.last() - sent.first()) / (double) SECOND)
    }

    /** The most calls that any sliding second holds. */
    private static int most(List<Long> times) {
        def sorted = times.sort(false)
        int from = 0
        (0..<sorted.size()).collect { to ->
            while (sorted[to] - sorted[from] >= SECOND) {
                from++
            }
            to - from + 1
        }.max()
    }

    def "#allowed a second: 98 to 100 % of it, from the first call on, and never more in any second"() {
        when:
        def sent = send(new Window(new Rate(allowed, Duration.ofSeconds(1))), 1_000, { 15 * MILLI })

        then:
        rate(sent) >= 0.98 * allowed
        rate(sent) <= allowed
        most(sent) <= allowed

        where:
        allowed << [1, 6, 60, 600]
    }

    def "answers that take long and unlike times do not slow it down"() {
        given:
        def random = new Random(3)

        when:
        def sent = send(new Window(new Rate(60, Duration.ofSeconds(1))), 1_000, { (20 + random.nextInt(900)) * MILLI })

        then: 'but for the first seconds, in which nobody knows yet how late a call can reach the server'
        rate(sent.drop(240)) >= 0.98 * 60
        most(sent) <= 60
    }

    def "a first call that reached the server late does not let a later one in too early"() {
        given: 'the first twenty calls are held up on their way: connections, and a program that is still warming up'
        def late = { int call -> call < 20 ? 120 * MILLI : 0L }

        when:
        def sent = send(new Window(new Rate(60, Duration.ofSeconds(1))), 500, { call -> 15 * MILLI + late(call) })
        def counted = sent.withIndex().collect { time, call -> time + late(call) }

        then:
        most(counted) <= 60
        rate(sent) >= 0.98 * 60
    }

    def "while it catches up, the ways to the server and back may take longer and shorter than each other (seed #seed)"() {
        given: 'a program that warms up: first slow, then quick; the way there and the way back know nothing of each other'
        def random = new Random(seed)
        long[] there = (0..<1_000).collect { call ->
            (call < 20 ? (220 - 10 * call) * MILLI : 0L) + (long) ((call < 100 ? 3 : 0.2) * MILLI + random.nextInt(2 * MILLI as int))
        }
        long[] back = (0..<1_000).collect { call -> (long) ((call < 100 ? 3 : 0.2) * MILLI + random.nextInt(2 * MILLI as int)) }

        when:
        def sent = send(new Window(new Rate(60, Duration.ofSeconds(1))), 1_000, { call -> there[call] + 15 * MILLI + back[call] })
        def counted = sent.withIndex().collect { time, call -> time + there[call] }

        and: 'only these are told when it fails'
        int most = most(counted)
        double rate = rate(counted)

        then:
        most <= 60
        rate >= 0.98 * 60

        where:
        seed << (1..10)
    }

    def "an answer that refuses a call tells nothing of how long others take"() {
        given:
        def window = new Window(new Rate(2, Duration.ofSeconds(1)))
        def took = { long sent, long time -> assert window.take(sent) == 0; window.answered(window.last(), sent + time) }

        when: 'calls take 100 ms each, but for one that is refused at once'
        took(10 * SECOND, 100 * MILLI)
        took(11 * SECOND, 100 * MILLI)
        window.take(12 * SECOND)
        window.refused(window.last())
        took(13 * SECOND, 100 * MILLI)
        took(14 * SECOND, 100 * MILLI)

        then: 'the next one is held up by no lateness'
        window.take(14 * SECOND + 500 * MILLI) < 20 * MILLI
    }

    def "after a stall it catches up, within what any second may hold"() {
        when:
        def sent = send(new Window(new Rate(60, Duration.ofSeconds(1))), 2_000, { 15 * MILLI }, { call -> call % 100 == 0 ? 400 * MILLI : 0L })

        then:
        rate(sent) >= 0.98 * 60
        rate(sent) <= 60
        most(sent) <= 60
    }

    def "nothing is saved up while it idles"() {
        given:
        def window = new Window(new Rate(6, Duration.ofSeconds(1)))

        when:
        def sent = send(window, 60, { 15 * MILLI }, { call -> call == 30 ? 3600 * SECOND : 0L })

        then:
        most(sent) <= 6
    }

    def "a clock that is set back holds calls for a period, not for as long as it was set back"() {
        given:
        def window = new Window(new Rate(6, Duration.ofSeconds(1)))
        (1..6).each { window.take(it * 3600 * SECOND) }

        expect:
        window.take(60 * SECOND) > 0 && window.take(60 * SECOND) <= SECOND
        window.take(62 * SECOND) == 0
    }

    def "what it knows can be handed to another process; what was written for another rate is not taken"() {
        given:
        def rate = new Rate(3, Duration.ofSeconds(1))
        def window = new Window(rate)
        3.times { window.take(10 * SECOND + it * 400 * MILLI) }

        expect:
        Window.read(rate, window.written()).take(10 * SECOND + 900 * MILLI) == window.take(10 * SECOND + 900 * MILLI)
        Window.read(new Rate(4, Duration.ofSeconds(1)), window.written()).take(10 * SECOND) == 0
        Window.read(new Rate(3, Duration.ofMinutes(1)), window.written()).take(10 * SECOND) == 0
    }

    def "a rate below one in its time is one in a longer time"() {
        expect:
        Rate.of(0.5, Duration.ofSeconds(1)) == new Rate(1, Duration.ofSeconds(2))
        Rate.of(6, Duration.ofSeconds(1)) == new Rate(6, Duration.ofSeconds(1))

        when:
        Rate.of(0, Duration.ofSeconds(1))

        then:
        thrown IllegalArgumentException
    }
}
