package dev.backfill.files;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.files.read.RecordFile;
import dev.backfill.files.write.Envelope;
import dev.backfill.files.write.GatheringSink;
import dev.backfill.plan.TotalsFunction;
import java.util.List;
import java.util.Optional;

/** Describes a file that gathers records. */
record GatheredDefinition(GatheringSink.Plan plan) implements FileWords.Gathered {
    @Override
    public GatheredDefinition envelope(TotalsFunction function) {
        if (plan.list().isEmpty()) {
            throw new IllegalArgumentException("a file of lines has no envelope");
        }
        return new GatheredDefinition(plan.with(Envelope.with(function)));
    }

    @Override
    public GatheredDefinition sorted(String... fields) {
        return new GatheredDefinition(plan.sorted(List.of(fields)));
    }

    @Override
    public GatheredDefinition gathering(String file) {
        return new GatheredDefinition(plan.in(plan.target().resolveSibling(file)));
    }

    @Override
    public Sink open(Resources resources) {
        return new GatheringSink(plan);
    }

    @Override
    public Optional<String> file() {
        return Optional.of(plan.target().getFileName().toString());
    }

    @Override
    public boolean creates(AbsentFailure absent) {
        return RecordFile.is(plan.target(), absent);
    }

    @Override
    public String title() {
        return plan.target().toString();
    }
}
