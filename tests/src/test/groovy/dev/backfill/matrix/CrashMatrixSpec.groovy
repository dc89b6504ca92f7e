package dev.backfill.matrix

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import dev.backfill.fault.FullCheck
import dev.backfill.position.Ending
import org.slf4j.LoggerFactory
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

/** Every step of a run meets everything that can go wrong there; what is promised holds after each. */
@Timeout(600)
class CrashMatrixSpec extends Specification {
    /** Says of each run that lost its lease that it did. */
    static final Logger LOG = LoggerFactory.getLogger(Ending) as Logger

    @Shared Level level = LOG.level

    def setupSpec() { LOG.level = Level.ERROR }

    def cleanupSpec() { LOG.level = level }

    def "nothing is lost, nothing is done twice that was promised once, and no position is wrong, whatever goes wrong where"() {
        given:
        println Stages.told()
        def matrix = new Matrix()

        when: 'every pair is tried, or a part of them where time is short'
        Stages.MEMORY.each { name, stage ->
            [Stages.FIXED, Stages.CHANCE].each { seed ->
                def points = Matrix.plan(name, stage, seed, FullCheck.asked ? 4 : 1, Matrix.ALL)
                matrix.tryAll(FullCheck.asked ? points : points.take(300), stage)
            }
        }
        def table = new Table(matrix, Stages.MEMORY.keySet().toList())
        table.keep('crash-matrix.txt')

        then:
        matrix.violations.take(3) == []
        !FullCheck.asked || matrix.total >= 10_000
        table.rarerThan(FullCheck.asked ? 5 : 0) == []
        matrix.total > 1_000
    }
}
