package dev.backfill.matrix

import dev.backfill.matrix.world.Backing
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.MatchingPlace
import dev.backfill.matrix.world.Mutant
import dev.backfill.run.Concurrency
import spock.lang.Specification
import spock.lang.Timeout

/** The matrix finds the mistakes that an engine could make. */
@Timeout(300)
class MutantSpec extends Specification {
    private static final int MOST = 700

    /** What the matrix holds against the mutant, at the first point that tells it in these words. */
    private static List<String> found(Mutant mutant, String store, String sign = '') {
        def points = Matrix.plan(store, Stages.MEMORY[store], Stages.FIXED, 1, Matrix.ALONE).take(MOST)
        foundAt(points, mutant, sign)
    }

    private static List<String> foundAt(List<Point> points, Mutant mutant, String sign = '') {
        points.findResult { point ->
            def clock = new CommonClock()
            Stages.MEMORY[point.store].backing(clock).withCloseable { Backing backing -> Trial.of(point, clock, backing, mutant).violations.findAll { it.contains(sign) } ?: null }
        } ?: []
    }

    def "#mutant turns it red: #sign"() {
        expect:
        !found(mutant, store, sign).empty

        where:
        mutant                                    | store             || sign
        Mutant.SAVE_BEFORE_ACKNOWLEDGE            | 'memory'          || 'the position is ahead of the data'
        Mutant.SAVE_WITHOUT_EPOCH                 | 'memory'          || 'was accepted after epoch'
        Mutant.ERROR_TAKEN_FOR_THE_END            | 'memory'          || 'the position is ahead of the data'
        Mutant.LAST_BATCH_SKIPPED                 | 'memory'          || 'lacks'
        Mutant.CLEARED_BEFORE_ALL_IS_OPEN         | 'memory'          || 'the former position is gone before all was open'
        Mutant.FORMER_LETTERS_FORGOTTEN           | 'memory'          || 'dead letters of the former run are gone'
        Mutant.CHECKPOINT_OUTSIDE_THE_TRANSACTION | 'memory database' || 'the position is ahead of the data'
        Mutant.TRANSACTIONS_OF_THE_STORE_UNKNOWN  | 'memory database' || 'exactly once was promised'
        Mutant.SINKS_NOT_ENLISTED                 | 'memory database' || 'has some twice'
        Mutant.COMMIT_WITHOUT_A_FENCE             | 'memory'          || 'has written over what its successor wrote'
    }

    def "a takeover that lets the next one begin at once turns it red, where the former is about to cut a file back to what it knew"() {
        given:
        def random = new Random(Stages.FIXED)
        def points = (1..20).collect { new Point(Operation.SAVE, true, 2, Fault.LEASE_LOST, SinkKind.APPENDING, 'memory', Concurrency.none(), random.nextLong()) }

        expect:
        foundAt(points, Mutant.TAKEN_OVER_AT_ONCE).any { it.contains('the position is ahead of the data') }
        foundAt(points, Mutant.NONE).empty
    }

    def "a sink that looks up rows without locking them turns it red, and the one that locks them is green"() {
        expect:
        lost(false).any { it.contains('the position is ahead of the data') }
        lost(false).any { it.contains('lacks') && it.contains('without a key') }
        lost(true) == []
    }

    private static List<String> lost(boolean locking) {
        def place = new MatchingPlace(locking)
        place.withCloseable {
            Matrix.ofOtherClients().collectMany { point ->
                def clock = new CommonClock()
                def trial = Trial.of(point, clock, place.backing(clock))
                assert trial.struck
                trial.violations
            }
        }
    }

    def "without a mistake the same points are green (#store)"() {
        expect:
        found(Mutant.NONE, store).empty

        where:
        store << ['memory', 'memory database']
    }
}
