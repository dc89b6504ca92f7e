package dev.backfill.matrix.world

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.Lease
import groovy.transform.CompileStatic

import java.util.concurrent.ConcurrentLinkedQueue
import java.util.function.Supplier

/** Sees whether somebody changes a checkpoint who has lost it. */
@CompileStatic
class Referee {
    private final CheckpointStore store
    final Collection<String> violations = new ConcurrentLinkedQueue<>()

    /**
     * @param store the storage itself
     */
    Referee(CheckpointStore store) {
        this.store = store
    }

    /**
     * @param lease null if the change is not under one
     */
    def <T> T watch(Lease lease, Supplier<T> change) {
        long epoch = lease == null ? 0 : store.read().epoch()
        T result = change.get()
        if (lease != null && epoch > lease.epoch()) {
            violations << "a change under epoch ${lease.epoch()} was accepted after epoch $epoch had begun".toString()
        }
        result
    }
}
