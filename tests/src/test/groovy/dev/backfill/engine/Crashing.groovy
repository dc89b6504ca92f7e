package dev.backfill.engine

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.Lease
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.plan.SinkDefinition

/** The process dies at its n-th step: before a step takes effect, or after it did and before anybody heard of it. */
class Crashing {
    static class Crash extends Error {}

    private final int at
    int steps
    boolean dead

    Crashing(int at) {
        this.at = at
    }

    /** Each step can die before it and after it. */
    def <T> T step(Closure<T> work) {
        die()
        T result = work()
        die()
        result
    }

    private void die() {
        if (dead || ++steps == at) {
            dead = true
            throw new Crash()
        }
    }

    SinkDefinition sink(SinkDefinition target) {
        def writes = { List<Row> rows -> step { (target as Sink).write(rows) } }
        [open: { Resources resources -> writes as Sink }, title: { -> target.title() }] as SinkDefinition
    }

    CheckpointStore store(CheckpointStore target) {
        [
            read: { -> target.read() },
            acquire: { owner, claim -> target.acquire(owner, claim) },
            renew: { lease -> target.renew(lease) },
            save: { Lease lease, Checkpoint next -> step { target.save(lease, next) } },
            release: { lease -> step { target.release(lease) } },
            clear: { lease -> target.clear(lease) },
            addDeadLetters: { lease, letters -> step { target.addDeadLetters(lease, letters) } },
            removeDeadLetters: { lease, letters -> step { target.removeDeadLetters(lease, letters) } },
            deadLetters: { Object... args -> target.deadLetters(*args) },
            formerDeadLetters: { Object... args -> target.formerDeadLetters(*args) },
            letterCounts: { -> target.letterCounts() },
            countDeadLetters: { -> target.countDeadLetters() },
            note: { String name -> target.note(name) },
            write: { String name, long version, String text -> target.write(name, version, text) },
            close: { -> },
        ] as CheckpointStore
    }
}
