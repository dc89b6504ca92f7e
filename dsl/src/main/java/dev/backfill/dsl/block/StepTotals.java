package dev.backfill.dsl.block;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.SourceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One record, which says what a step has done so far. */
record StepTotals(String step, RunScope scope) implements SourceDefinition, Source {
    private static final Cursor END = Cursor.after("told");

    @Override
    public Source open(Resources resources) {
        return this;
    }

    @Override
    public String title() {
        return "what " + step + " has done";
    }

    @Override
    public List<Split> splits(int wanted) {
        return List.of(new Split(0, Cursor.start(), Optional.of(END), OptionalLong.of(1)));
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        return new Batch(
                after.equals(END) || !scope.knowsTotals() ? List.of() : List.of(scope.totals(step)), END, true);
    }

    @Override
    public String key(Row row) {
        return step;
    }
}
