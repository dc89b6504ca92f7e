package dev.backfill.matrix

import dev.backfill.matrix.world.Backing
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.Mutant
import spock.lang.Specification
import spock.lang.Timeout

/** The matrix finds the mistakes that an engine could make. */
@Timeout(300)
class MutantSpec extends Specification {
    private static final int MOST = 700

    /** What the matrix holds against the mutant, at the first point that tells it in these words. */
    private static List<String> found(Mutant mutant, String store, String sign = '') {
        def stage = Stages.MEMORY[store]
        def points = Matrix.plan(store, stage, Stages.FIXED, 1, Matrix.ALONE).take(MOST)
        points.findResult { point ->
            def clock = new CommonClock()
            stage.backing(clock).withCloseable { Backing backing -> Trial.of(point, clock, backing, mutant).violations.findAll { it.contains(sign) } ?: null }
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
        Mutant.CHECKPOINT_OUTSIDE_THE_TRANSACTION | 'memory database' || 'the position is ahead of the data'
    }

    def "without a mistake the same points are green"() {
        expect:
        found(Mutant.NONE, 'memory').empty
    }
}
