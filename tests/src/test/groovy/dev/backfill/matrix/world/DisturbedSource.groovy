package dev.backfill.matrix.world

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.SplittableSource
import dev.backfill.connector.Row
import dev.backfill.connector.Split
import dev.backfill.matrix.Disturbance
import dev.backfill.matrix.Operation
import groovy.transform.CompileStatic

/** A source as one process sees it. */
@CompileStatic
class DisturbedSource implements SplittableSource {
    private final SplittableSource target
    private final Disturbance disturbance

    DisturbedSource(SplittableSource target, Disturbance disturbance) {
        this.target = target
        this.disturbance = disturbance
    }

    List<Split> splits(int wanted) {
        disturbance.step(Operation.PLAN) { target.splits(wanted) }
    }

    List<Split> split(Split split, Cursor after, int wanted) {
        disturbance.step(Operation.PLAN) { target.split(split, after, wanted) }
    }

    Batch read(Split split, Cursor after, int limit) {
        disturbance.step(Operation.READ) { target.read(split, after, limit) }
    }

    String key(Row row) { target.key(row) }
}
