package dev.backfill.flow

import dev.backfill.connector.Row
import dev.backfill.run.HaltedException
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.CountDownLatch

@Timeout(20)
class WriteOrderSpec extends Specification {
    def keyed = Sinks.open('keyed', new Sinks.Keyed())
    def serial = Sinks.open('serial', new Sinks.One())
    def order = new WriteOrder([keyed, serial])

    def "batches for different things are in a keyed sink at the same time"() {
        expect:
        order.turn(0).await(keyed, [row(1)])
        order.turn(1).await(keyed, [row(2)])
        order.turn(2).await(keyed, [])
    }

    def "a batch for the same thing waits until the one before has left (#sink)"() {
        given:
        def open = sink == 'keyed' ? keyed : serial
        order.turn(0).await(open, [row(1), row(2)])

        when:
        def second = waiting(order.turn(1), open, [row(id), row(9)])

        then:
        second.isAlive()

        when:
        order.turn(0).done(open)
        second.join()

        then:
        second.result == 'entered'

        where: 'a sink that does not tell what records are for gets one batch at a time'
        sink     | id
        'keyed'  | 2
        'serial' | 5
    }

    def "no batch goes before an earlier one, though it is ready sooner"() {
        given:
        def second = waiting(order.turn(1), keyed, [row(2)])

        when:
        order.turn(0).await(keyed, [row(1)])
        second.join()

        then:
        second.result == 'entered'
    }

    def "a batch that failed is not overtaken, at any sink"() {
        given:
        order.turn(0).await(keyed, [row(1)])
        def same = waiting(order.turn(1), keyed, [row(1)])

        when:
        order.turn(0).failed()
        same.join()
        order.turn(0).await(serial, [])

        then:
        thrown HaltedException
        same.result == 'halted'
    }

    def "a thread that is interrupted while it waits lets nobody in after it, and stays interrupted"() {
        given:
        order.turn(0).await(serial, [])
        def second = waiting(order.turn(1), serial, [])

        when:
        second.interrupt()
        second.join()
        order.turn(0).done(serial)
        order.turn(1).await(serial, [])

        then:
        thrown HaltedException
        second.result == 'halted'
        second.interruptedAfter
    }

    /** Started, and in the sequencer's wait unless it was let in. */
    private static Waiting waiting(WriteTurn turn, OpenSink sink, List<Row> records) {
        def thread = new Waiting(turn: turn, sink: sink, records: records)
        thread.daemon = true
        thread.start()
        thread.begun.await()
        while (thread.alive && thread.state != Thread.State.WAITING) {
            Thread.onSpinWait()
        }
        thread
    }

    private static Row row(int id) {
        Row.of([id: id])
    }

    static class Waiting extends Thread {
        WriteTurn turn
        OpenSink sink
        List<Row> records
        final CountDownLatch begun = new CountDownLatch(1)
        String result
        boolean interruptedAfter

        @Override
        void run() {
            begun.countDown()
            try {
                turn.await(sink, records)
                result = 'entered'
            } catch (HaltedException ignored) {
                result = 'halted'
                interruptedAfter = currentThread().interrupted
            }
        }
    }
}
