package dev.backfill.files;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.files.read.RecordFile;
import dev.backfill.files.write.DocumentSink;
import dev.backfill.plan.SinkDefinition;
import java.nio.file.Path;

/** Describes a file that is one record. */
record DocumentDefinition(Path path) implements SinkDefinition {
    @Override
    public Sink open(Resources resources) {
        return new DocumentSink(path);
    }

    @Override
    public boolean creates(AbsentFailure absent) {
        return RecordFile.is(path, absent);
    }

    @Override
    public String title() {
        return path.toString();
    }
}
