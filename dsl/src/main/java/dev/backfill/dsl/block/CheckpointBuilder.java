package dev.backfill.dsl.block;

import dev.backfill.plan.CheckpointLayout;
import java.util.List;
import java.util.Optional;

/** Collects the names of a checkpoint's fields. */
final class CheckpointBuilder implements CheckpointBlock {
    private Optional<String> document = Optional.empty();
    private Optional<String> phase = Optional.empty();
    private Optional<String> batches = Optional.empty();
    private Optional<String> records = Optional.empty();
    private List<String> counters = List.of();
    private Optional<String> legacy = Optional.empty();

    CheckpointLayout build() {
        return new CheckpointLayout(document, phase, batches, records, counters, legacy);
    }

    @Override
    public void document(String name) {
        document = Optional.of(name);
    }

    @Override
    public void phase(String field) {
        phase = Optional.of(field);
    }

    @Override
    public void batches(String field) {
        batches = Optional.of(field);
    }

    @Override
    public void records(String field) {
        records = Optional.of(field);
    }

    @Override
    public void counters(String... names) {
        counters = List.of(names);
    }

    @Override
    public void legacy(String condition) {
        legacy = Optional.of(condition);
    }
}
