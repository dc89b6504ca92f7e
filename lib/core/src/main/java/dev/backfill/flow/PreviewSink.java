package dev.backfill.flow;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Identified;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.connector.SinkTraits;
import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.List;
import java.util.Optional;

/** Stands before a sink in a pass that changes nothing, and tells what would be changed. */
public final class PreviewSink implements Sink, Identified {
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

    /** What a sink, previewed or not, changes, if it can name that. */
    public static Optional<Changing> changing(Sink sink) {
        Sink inner = sink instanceof PreviewSink preview ? preview.sink : sink;
        return Optional.of(inner).filter(Changing.class::isInstance).map(Changing.class::cast);
    }

    @Override
    public List<String> required() {
        return sink.required();
    }

    /** True if its answers come from a look at the target; otherwise all that is known is what would be sent. */
    public boolean looks() {
        return sink instanceof Previewable;
    }

    /** What each of the records is for, if the sink tells that; nothing: they are all for something else. */
    public Optional<List<Object>> targets(List<Row> records) {
        return sink instanceof KeyedSink keyed ? Optional.of(keyed.targets(records)) : Optional.empty();
    }

    @Override
    public SinkTraits traits() {
        return sink.traits();
    }

    @Override
    public Outcome write(List<Row> records) {
        if (!(sink instanceof Previewable previewable)) {
            announce(records);
            return Outcome.of(records, Fate.WRITTEN);
        }
        Outcome outcome = comparing ? previewable.compare(records) : previewable.preview(records);
        if (outcome.count(Fate.WRITTEN) > 0) {
            tell(records, outcome, previewable);
        }
        return outcome;
    }

    private void announce(List<Row> records) {
        if (traits().showsPayload()) {
            records.forEach(record -> listener.wouldChange(new Change(title, record, Optional.empty())));
        }
    }

    private void tell(List<Row> records, Outcome outcome, Previewable previewable) {
        List<Row> held = previewable.held(records);
        for (int i = 0; i < records.size(); i++) {
            if (outcome.fate(i) == Fate.WRITTEN) {
                listener.wouldChange(new Change(title, records.get(i), Optional.ofNullable(held.get(i))));
            }
        }
    }

    @Override
    public String identity() {
        return sink instanceof Identified identified ? identified.identity() : "";
    }

    @Override
    public void close() {
        sink.close();
    }
}
