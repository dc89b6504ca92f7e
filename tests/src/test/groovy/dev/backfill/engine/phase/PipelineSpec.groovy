package dev.backfill.engine.phase

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.flow.BatchProgress
import dev.backfill.flow.TransformedBatch
import dev.backfill.flow.WrittenBatch
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration
import java.util.concurrent.CountDownLatch

@Timeout(30)
class PipelineSpec extends Specification {
    List<String> done = [].asSynchronized()
    List<Integer> underWay = [].asSynchronized()
    int read
    int halts
    int idleAt

    def "batches are written at once and saved in the order in which they were read"() {
        given: 'the first of three is written when the two others are'
        def others = new CountDownLatch(2)
        def order = [].asSynchronized()
        def write = { long number ->
            if (number == 0) {
                others.await()
            }
            order << number
            others.countDown()
        }

        when:
        pipeline(3, 3, write: write).run('products')

        then:
        order.size() == 3 && order.last() == 0
        done.findAll { it.startsWith('save') } == ['save 0', 'save 1', 'save 2']
        halts == 0
    }

    def "no more batches are in memory than the window says, saved ones not counted"() {
        given:
        int most = 0

        when:
        pipeline(window, 20, save: { most = Math.max(most, read - it as int) }).run('products')

        then:
        most <= window
        read == 20
        done.count { it.startsWith('save') } == 20

        where:
        window << [1, 2, 4]
    }

    def "the first failure in the order of reading ends it, though a later one came first: what was before is saved, nothing behind"() {
        given:
        def later = new CountDownLatch(1)
        def write = { long number ->
            if (number == 2) {
                later.countDown()
                throw new IllegalStateException('the third')
            }
            if (number == 1) {
                later.await()
                throw new IllegalStateException('the second')
            }
        }

        when:
        pipeline(4, 10, write: write).run('products')

        then:
        def e = thrown IllegalStateException
        e.message == 'the second'
        done.findAll { it.startsWith('save') } == ['save 0']
        halts == 1
    }

    def "a failure to read comes after all that was read before it, and one to save ends it too (#what)"() {
        when:
        pipeline(2, 10, (what): { long number -> if (number == 3) { throw new IllegalStateException('the fourth') } }).run('products')

        then:
        def e = thrown IllegalStateException
        e.message == 'the fourth'
        done.findAll { it.startsWith('save') } == ['save 0', 'save 1', 'save 2']
        halts == 1

        where:
        what << ['read', 'save']
    }

    def "nothing of it runs any more when it has failed"() {
        given: 'the second is under way while the first fails, and ends when it is told to halt'
        def begun = new CountDownLatch(1)
        def halted = new CountDownLatch(1)
        def write = { long number ->
            if (number == 0) {
                begun.await()
                throw new IllegalStateException('no')
            }
            begun.countDown()
            halted.await()
        }

        when:
        pipeline(2, 10, write: write, halt: { halted.countDown() }).run('products')

        then:
        thrown IllegalStateException
        underWay == []
        done == ['write 1']
    }

    def "a reader that waits for all before it goes on when they are saved"() {
        when:
        pipeline(3, 6, idle: 4).run('products')

        then:
        done.count { it.startsWith('save') } == 6
        idleAt == 4
    }

    private Pipeline pipeline(Map<String, ?> with, int window, int count) {
        def nothing = { }
        def stages = new Pipeline.Stages() {
            Batch read(Runnable idle) {
                int number = read
                if (number == with.idle) {
                    idle.run()
                    idleAt = done.count { it.startsWith('save') }
                }
                (with.read ?: nothing).call(number as long)
                read++
                new Batch([], Cursor.after("$number"), number == count - 1)
            }

            WrittenBatch write(Batch batch, long number) {
                underWay << (number as int)
                try {
                    (with.write ?: nothing).call(number)
                    done << "write $number".toString()
                } finally {
                    underWay.removeElement(number as int)
                }
                new WrittenBatch(batch, new TransformedBatch([], 0, 0, 0, [], [:], []), BatchProgress.of([]), Duration.ZERO)
            }

            void save(WrittenBatch written) {
                def number = written.batch().next().text() as long
                (with.save ?: nothing).call(number)
                done << "save $number".toString()
            }

            void halt() {
                halts++
                (with.halt ?: nothing).call()
            }
        }
        new Pipeline(window, stages)
    }
}
