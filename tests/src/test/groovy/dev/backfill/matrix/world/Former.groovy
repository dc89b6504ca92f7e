package dev.backfill.matrix.world

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.DeadLetter
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Rejection
import dev.backfill.control.Tuning
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.control.ControlState
import dev.backfill.engine.Plans
import groovy.transform.CompileStatic

/** A run that stopped before its first batch was saved: its dead letters, and what somebody tuned. */
@CompileStatic
class Former {
    static final String RUN = 'former'
    private static final ControlRequest SOMEBODY = new ControlRequest('somebody', Plans.START, '')
    final RunState run
    final ControlState wishes

    private Former(RunState run, ControlState wishes) {
        this.run = run
        this.wishes = wishes
    }

    static Former leave(CheckpointStore store, int sinks) {
        RunState run = new RunState(RUN, 'products', Plans.START, RunStatus.STOPPED, [PhaseState.pending('copy', sinks)])
        Lease lease = store.save(store.acquire(Plans.owner(7), AcquireCondition.ifFree()), new Checkpoint(run, [:]))
        store.addDeadLetters(lease, World.FAULTY.collect { String key -> letter(key) })
        store.release(lease)
        Tuning slow = new Tuning(OptionalInt.of(World.BATCH), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty())
        new Former(run, new ControlStateStore(store).change { ControlState it -> it.tuned(slow, SOMEBODY) })
    }

    private static DeadLetter letter(String key) {
        new DeadLetter(RUN, 'copy', 'transform', key, new Rejection(Rejection.Kind.SCRIPT, 'not a price'), 1, '{}', Plans.START, Plans.START)
    }

    /** The keys of its dead letters, wherever they are. */
    static List<String> letters(CheckpointStore store) {
        (store.deadLetters(100) + store.formerDeadLetters(0, 100)).findAll { DeadLetter it -> it.run() == RUN }*.key()
    }
}
