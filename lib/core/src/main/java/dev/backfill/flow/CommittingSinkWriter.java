package dev.backfill.flow;

import dev.backfill.connector.Failure;
import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.connector.WriteResult;
import dev.backfill.ownership.Fence;
import dev.backfill.retry.Retry;
import dev.backfill.time.Deadline;
import java.util.List;

/** Writes to a sink that commits on its own. Each write is fenced, and backs off after a failure that may pass. Thread-safe. */
public final class CommittingSinkWriter extends SinkWriter {
    private final Fence fence;
    private final Retry retry;

    CommittingSinkWriter(OpenSink sink, Fence fence, Retry retry) {
        super(sink);
        this.fence = fence;
        this.retry = retry;
    }

    @Override
    WriteResult attempt(List<Row> records) {
        return retry.run("writing to " + sink().title(), () -> fenced(records));
    }

    /**
     * An answer that was lost leaves the checkpoint where it is, and it is ours alone: so the records are written again, which
     * finds unchanged what had taken effect. A target that only grows must be cut back first, by the next attempt of the run.
     */
    private WriteResult fenced(List<Row> records) {
        Deadline deadline = fence.check();
        try {
            return sink().sink().writeBefore(deadline, records);
        } catch (OversizedFailure tooLarge) {
            throw records.size() > 1 ? tooLarge : passing(tooLarge);
        } catch (UnknownOutcome lost) {
            throw sink().traits().appendOnly().isPresent() ? lost : passing(lost);
        }
    }

    private static TransientFailure passing(Failure failure) {
        return new TransientFailure(String.valueOf(failure.getMessage()), failure);
    }
}
