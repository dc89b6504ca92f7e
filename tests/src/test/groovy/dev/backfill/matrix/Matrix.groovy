package dev.backfill.matrix

import dev.backfill.matrix.world.Backing
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.World
import dev.backfill.run.Concurrency
import groovy.transform.CompileStatic

/** Plans points so that every operation meets every fault in every world, and remembers what became of them. */
@CompileStatic
class Matrix {
    static final List<Concurrency> ALONE = [Concurrency.none()]
    /** One in four overlaps. */
    static final List<Concurrency> ALL = [Concurrency.none()] * 9 + [new Concurrency(1, 3), new Concurrency(2, 1), new Concurrency(2, 3)]

    private final Map<String, Integer> points = new TreeMap<>()
    final List<String> violations = []
    int total

    /** Makes what worlds with the checkpoint in a store of this name stand on. */
    interface Stage {
        Backing backing(CommonClock clock)
    }

    /** Points of every pair; those after each other are far apart, so that a part of them is a sample. */
    static List<Point> plan(String store, Stage stage, long seed, int times, List<Concurrency> concurrency) {
        Random random = new Random(seed + store.hashCode())
        Map<List, Map<Operation, Integer>> counts = [:]
        List<Point> all = []
        times.times {
            combinations().each { List pair ->
                Operation operation = (Operation) pair[0]
                SinkKind kind = (SinkKind) pair[3]
                Concurrency now = concurrency[random.nextInt(concurrency.size())]
                Map<Operation, Integer> known = counts.computeIfAbsent([kind, now] as List) { counted(kind, now, stage) }
                int occurrence = 1 + random.nextInt(known.getOrDefault(operation, 1))
                all << new Point(operation, (boolean) pair[1], occurrence, (Fault) pair[2], kind, store, now, random.nextLong())
            }
        }
        Collections.shuffle(all, random)
        all
    }

    /** Another client comes between the two halves of each batch's write. */
    static List<Point> ofOtherClients() {
        int batches = (World.RECORDS + World.BATCH - 1).intdiv(World.BATCH)
        (1..batches).collect { int it ->
            new Point(Operation.WRITE_1, false, it, Fault.OTHER_CLIENT, SinkKind.MATCHING, 'memory', Concurrency.none(), it)
        }
    }

    /** At most so many of each step, for stores that are slow. */
    static List<Point> someOfEachStep(List<Point> points, int most) {
        points.groupBy { Point it -> it.step }.values().collectMany { List<Point> it -> it.take(most) }
    }

    private static Map<Operation, Integer> counted(SinkKind kind, Concurrency concurrency, Stage stage) {
        CommonClock clock = new CommonClock()
        stage.backing(clock).withCloseable { Backing backing -> Trial.counts(kind, concurrency, clock, backing) }
    }

    private static List<List> combinations() {
        List<List> all = [Operation.values().toList(), [false, true], Fault.EVERYWHERE, SinkKind.EVERYWHERE].combinations() as List<List>
        all.findAll { List it ->
            Operation operation = (Operation) it[0]
            operation.knownTo((SinkKind) it[3]) && operation.shows((Fault) it[2])
        }
    }

    void tryAll(List<Point> planned, Stage stage) {
        planned.each { Point point ->
            CommonClock clock = new CommonClock()
            stage.backing(clock).withCloseable { Backing backing -> add(Trial.of(point, clock, backing)) }
        }
    }

    synchronized void add(Trial trial) {
        violations.addAll(trial.violations)
        if (trial.struck) {
            total++
            Point at = trial.point
            [at.step, at.fault.name(), at.kind.name(), at.store].collect { it.toLowerCase().replace('_', ' ') }
                .subsequences().findAll { it.size() <= 2 }.each { points.merge(key(it), 1, Integer::sum) }
        }
    }

    private static String key(Collection<String> names) {
        names.sort(false).join(' × ')
    }

    int times(String one, String other) {
        points.getOrDefault(key([one, other]), 0)
    }

    int times(String one) {
        points.getOrDefault(key([one]), 0)
    }
}
