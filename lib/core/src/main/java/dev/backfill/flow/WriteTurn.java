package dev.backfill.flow;

import dev.backfill.connector.Row;
import java.util.List;

/** Says when a batch may be written to each sink. */
public interface WriteTurn {
    /** Returns when it is the batch's turn at the sink; {@link dev.backfill.run.HaltedException} if it never will be. */
    void await(OpenSink sink, List<Row> records);

    /** The sink has acknowledged the batch. */
    void done(OpenSink sink);

    /** The sink has not: no later batch may overtake this one. */
    void failed();

    /** For a batch that has no others in flight next to it. */
    static WriteTurn alone() {
        return new WriteTurn() {
            @Override
            public void await(OpenSink sink, List<Row> records) {}

            @Override
            public void done(OpenSink sink) {}

            @Override
            public void failed() {}
        };
    }
}
