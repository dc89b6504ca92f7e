package dev.backfill.flow;

import dev.backfill.connector.AppendOnlySink;
import dev.backfill.connector.Conditional;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.connector.SinkTraits;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stands before a sink in a pass that changes nothing, and says what would be changed. */
public final class PreviewSink implements Sink {
    private final Sink sink;
    private final String title;
    private final ChangeListener listener;
    private final boolean comparing;

    public PreviewSink(Sink sink, String title, ChangeListener listener) {
        this(sink, title, listener, false);
    }

    private PreviewSink(Sink sink, String title, ChangeListener listener, boolean comparing) {
        this.sink = sink;
        this.title = title;
        this.listener = listener;
        this.comparing = comparing;
    }

    /** Reports everything that the target holds otherwise, though a write may leave it alone. */
    public static PreviewSink comparing(Sink sink, String title, ChangeListener listener) {
        return new PreviewSink(sink, title, listener, true);
    }

    @Override
    public List<String> required() {
        return sink.required();
    }

    /** Those of the sink, of which it writes nothing: batches come one at a time, and there is no transaction to share. */
    @Override
    public SinkTraits traits() {
        SinkTraits inner = sink.traits();
        return new SinkTraits(
                inner.serial(),
                inner.showsPayload(),
                inner.identified(),
                inner.inspectable(),
                inner.changing(),
                inner.conditional().map(this::conditional),
                inner.previewable(),
                inner.targets(),
                Optional.empty(),
                inner.appendOnly().map(appending -> new Growing(this, appending)),
                Optional.empty(),
                inner.sameServer());
    }

    private Conditional<Sink> conditional(Conditional<Sink> conditional) {
        return new Conditional<>() {
            @Override
            public Set<String> mentioned() {
                return conditional.mentioned();
            }

            @Override
            public Sink without(String condition) {
                return new PreviewSink(conditional.without(condition), title, listener, comparing);
            }
        };
    }

    /** A target that would grow, and stays as it is. */
    private record Growing(Sink preview, AppendOnlySink sink) implements AppendOnlySink {
        @Override
        public SinkTraits traits() {
            return preview.traits();
        }

        @Override
        public WriteResult write(List<Row> records) {
            return preview.write(records);
        }

        @Override
        public void truncateTo(String position) {}

        @Override
        public void publish(Row totals) {}

        @Override
        public boolean resumable() {
            return sink.resumable();
        }
    }

    @Override
    public WriteResult write(List<Row> records) {
        Optional<Previewable> previewable = sink.traits().previewable();
        if (previewable.isEmpty()) {
            announce(records);
            return WriteResult.of(records, WriteStatus.WRITTEN);
        }
        return preview(previewable.get(), records);
    }

    private WriteResult preview(Previewable previewable, List<Row> records) {
        WriteResult outcome = comparing ? previewable.compare(records) : previewable.preview(records);
        if (outcome.count(WriteStatus.WRITTEN) > 0) {
            tell(records, outcome, previewable);
        }
        return outcome;
    }

    private void announce(List<Row> records) {
        if (sink.traits().showsPayload()) {
            records.forEach(record -> listener.wouldChange(new Change(title, record, Optional.empty())));
        }
    }

    private void tell(List<Row> records, WriteResult outcome, Previewable previewable) {
        List<Row> held = previewable.held(records);
        for (int i = 0; i < records.size(); i++) {
            if (outcome.status(i) == WriteStatus.WRITTEN) {
                listener.wouldChange(new Change(title, records.get(i), Optional.ofNullable(held.get(i))));
            }
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
