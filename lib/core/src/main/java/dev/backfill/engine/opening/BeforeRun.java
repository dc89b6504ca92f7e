package dev.backfill.engine.opening;

import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.plan.Action;
import dev.backfill.plan.Backfill;
import dev.backfill.position.CheckpointWriter;

/**
 * Does once what a script wants done before the first phase. That it begins is saved before it begins: a crash in it is never
 * followed by a second time, but by a question to a person.
 */
public record BeforeRun(Backfill plan, CheckpointWriter keeper) {
    public void run() {
        if (plan.beforeRun().isEmpty() || keeper.state().before() == WorkStatus.DONE) {
            return;
        }
        if (keeper.state().before() == WorkStatus.RUNNING) {
            throw inDoubt();
        }
        save(WorkStatus.RUNNING);
        attempt(plan.beforeRun().get());
        save(WorkStatus.DONE);
    }

    /** One that failed is done again by the next attempt, unless nobody knows whether it took effect. */
    private void attempt(Action action) {
        try {
            action.run();
        } catch (UnknownOutcome lost) {
            throw lost;
        } catch (RuntimeException | Error e) {
            save(WorkStatus.PENDING);
            throw e;
        }
    }

    private void save(WorkStatus status) {
        keeper.save(state -> state.before(status));
    }

    private FatalFailure inDoubt() {
        RunState run = keeper.state();
        return new FatalFailure("beforeRun { } of run " + run.id()
                + " was begun by an attempt that ended in the middle of it, so that it may have taken effect or not;"
                + " look at what it changes. If it took effect, resume with: checkpoint set --phase "
                + plan.phases().get(0).name() + "; if not, start again with --restart");
    }
}
