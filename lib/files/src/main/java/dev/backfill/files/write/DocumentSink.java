package dev.backfill.files.write;

import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.connector.SinkTraits;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A file that is one record, the last that is written. Used by one thread at a time. */
public final class DocumentSink implements Sink {
    private final Path path;

    public DocumentSink(Path path) {
        this.path = path;
    }

    @Override
    public SinkTraits traits() {
        return SinkTraits.of(this).inSeries().showingPayload();
    }

    @Override
    public WriteResult write(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.WRITTEN);
        for (int i = 0; i < records.size(); i++) {
            try {
                byte[] text = (JsonText.indented(records.get(i)) + "\n").getBytes(StandardCharsets.UTF_8);
                new WholeFile(path).write(out -> out.write(text));
            } catch (IllegalArgumentException e) {
                outcome.rejected(i, String.valueOf(e.getMessage()));
            }
        }
        return outcome;
    }
}
