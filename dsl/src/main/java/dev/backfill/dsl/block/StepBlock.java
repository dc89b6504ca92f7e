package dev.backfill.dsl.block;

import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.TotalsFunction;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.function.Consumer;

/** States phases that belong together. */
@Noun(value = "step", task = Task.STATE, block = true)
public interface StepBlock {
    @Word(
            value = "States one pass from a source to its sinks. Phases run in the order in which they are "
                    + "written.",
            example = "phase('products') { source …; transform { p -> … }; sink … }",
            required = true,
            repeats = true,
            unique = true)
    void phase(String name, Consumer<PhaseBlock> body);

    @Word(
            value = "Writes one record when all phases of the step are done: the time as "
                    + "<step>_completed_at, then dry_run, files_created, and statistics with the counts of "
                    + "each phase.",
            example = "summary lake.writeJson('summary.json')",
            task = Task.WRITE)
    void summary(SinkDefinition sink);

    @Word(
            value = "Writes the time as <step>_completed_at and the fields that the function gives. The "
                    + "function receives started, finished, minutes, dryRun, files, and the counts of each "
                    + "phase under phases.",
            example = "summary(lake.writeJson('summary.json')) { t -> [products: t.phases.products.written] }",
            task = Task.WRITE)
    void summary(SinkDefinition sink, TotalsFunction fields);
}
