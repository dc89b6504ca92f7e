package dev.backfill.matrix

import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.MemoryBacking

/** Where points are tried, and with which chance. */
class Stages {
    static final long FIXED = 20_261_125
    /** Another one each time, unless it is given. */
    static final long CHANCE = Long.getLong('backfill.seed', System.nanoTime())

    static final Map<String, Matrix.Stage> MEMORY = [
        memory: { CommonClock clock -> new MemoryBacking(clock, false) } as Matrix.Stage,
        'memory database': { CommonClock clock -> new MemoryBacking(clock, true) } as Matrix.Stage,
    ]

    static String told() {
        "crash matrix: seeds $FIXED and $CHANCE (-Dbackfill.seed=$CHANCE repeats it)"
    }
}
