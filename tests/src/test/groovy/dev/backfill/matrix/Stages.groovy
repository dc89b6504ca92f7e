package dev.backfill.matrix

import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.FileBacking
import dev.backfill.matrix.world.MemoryBacking
import dev.backfill.matrix.world.MongoPlace
import dev.backfill.matrix.world.PostgresPlace

import java.nio.file.Path

/** Where points are tried, and with which chance. */
class Stages {
    static final long FIXED = 20_261_125
    /** Another one each time, unless it is given. */
    static final long CHANCE = Long.getLong('backfill.seed', System.nanoTime())

    static final Map<String, Matrix.Stage> MEMORY = [
        memory: { CommonClock clock -> new MemoryBacking(clock, false) } as Matrix.Stage,
        'memory database': { CommonClock clock -> new MemoryBacking(clock, true) } as Matrix.Stage,
    ]

    /** Real stores, in places that the caller closes. */
    static Map<String, Matrix.Stage> real(Path folder, MongoPlace mongo, PostgresPlace postgres) {
        [
            file: { CommonClock clock -> new FileBacking(folder, clock) } as Matrix.Stage,
            mongodb: { CommonClock clock -> mongo.backing() } as Matrix.Stage,
            postgresql: { CommonClock clock -> postgres.backing() } as Matrix.Stage,
        ]
    }

    static String told() {
        "crash matrix: seeds $FIXED and $CHANCE (-Dbackfill.seed=$CHANCE repeats it)"
    }
}
