package dev.backfill.matrix

import dev.backfill.run.Concurrency
import groovy.transform.CompileStatic
import groovy.transform.Immutable

/** One thing that goes wrong in one run. */
@CompileStatic
@Immutable(knownImmutableClasses = [Concurrency])
class Point {
    Operation operation
    boolean after
    int occurrence
    Fault fault
    SinkKind kind
    String store
    Concurrency concurrency
    long seed

    String getStep() {
        "${operation.name().toLowerCase()} ${after ? 'after' : 'before'}".replace('_', ' ')
    }

    @Override
    String toString() {
        "$fault at the ${occurrence}th $step, $kind into $store, $concurrency, seed $seed"
    }
}
