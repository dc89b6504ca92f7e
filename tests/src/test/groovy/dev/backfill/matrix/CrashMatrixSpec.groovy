package dev.backfill.matrix

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import dev.backfill.fault.FullCheck
import dev.backfill.matrix.world.MatchingPlace
import dev.backfill.matrix.world.MongoPlace
import dev.backfill.matrix.world.PostgresPlace
import dev.backfill.position.Ending
import org.slf4j.LoggerFactory
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path

/** Every step of a run meets everything that can go wrong there; what is promised holds after each. */
@Timeout(900)
class CrashMatrixSpec extends Specification {
    /** Says of each run that lost its lease that it did. */
    static final Logger LOG = LoggerFactory.getLogger(Ending) as Logger

    @Shared Level level = LOG.level
    @Shared @AutoCleanup MongoPlace mongo = new MongoPlace()
    @Shared @AutoCleanup PostgresPlace postgres = new PostgresPlace()
    @Shared @TempDir Path folder

    def setupSpec() { LOG.level = Level.ERROR }

    def cleanupSpec() { LOG.level = level }

    def "nothing is lost, nothing is done twice that was promised once, and no position is wrong, whatever goes wrong where"() {
        given:
        println Stages.told()
        def matrix = new Matrix()
        def real = Stages.real(folder, mongo, postgres)

        when: 'every pair is tried, or a part of them where time is short'
        Stages.MEMORY.each { name, stage ->
            [Stages.FIXED, Stages.CHANCE].each { seed ->
                def points = Matrix.plan(name, stage, seed, FullCheck.asked ? 4 : 1, Matrix.ALL)
                tryAll(matrix, FullCheck.asked ? points : points.take(300), stage)
            }
        }
        def inMemory = matrix.total
        real.each { name, stage ->
            def points = Matrix.plan(name, stage, Stages.CHANCE, 1, FullCheck.asked ? Matrix.ALL : Matrix.ALONE)
            tryAll(matrix, FullCheck.asked ? Matrix.someOfEachStep(points, 8) : points.take(12), stage)
        }
        def table = new Table(matrix, (Stages.MEMORY.keySet() + real.keySet()).toList())
        table.keep('crash-matrix.txt')

        then:
        matrix.violations.take(3) == []
        table.rarerThan(FullCheck.asked ? 5 : 0) == []
        inMemory >= (FullCheck.asked ? 10_000 : 1_000)
        matrix.total - inMemory >= (FullCheck.asked ? 400 : 25)
    }

    def "rows that another client changes or adds between look-up and write hold what was written, in every batch"() {
        given:
        def matrix = new Matrix()
        def place = new MatchingPlace(true)

        when:
        tryAll(matrix, Matrix.ofOtherClients(), { clock -> place.backing(clock) } as Matrix.Stage)

        then:
        matrix.violations == []
        matrix.total == Matrix.ofOtherClients().size()

        cleanup:
        place.close()
    }

    private static void tryAll(Matrix matrix, List<Point> points, Matrix.Stage stage) {
        def began = System.nanoTime()
        matrix.tryAll(points, stage)
        println "crash matrix: ${points.size()} points with ${points[0].store} in ${(System.nanoTime() - began).intdiv(1_000_000_000)} s"
    }
}
