package dev.backfill.dsl.block;

import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.TotalsFunction;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.function.Consumer;

/** States phases that belong together. */
@Noun(value = "step", block = true)
public interface StepBlock {
    @Word(
            value = "One pass from a source to its sinks; phases run in the order written.",
            example = "phase('products') { source …; transform { p -> … }; sink … }",
            required = true,
            repeats = true,
            unique = true)
    void phase(String name, Consumer<PhaseBlock> body);

    @Word(
            value = "Writes one record when the phases of the step are done: <step>_completed_at, dry_run,"
                    + " files_created and statistics, with the counts of each phase; a function gives other fields"
                    + " in place of those after <step>_completed_at.",
            example = "summary lake.writeJson('summary.json')")
    void summary(SinkDefinition sink);

    @Word(
            value = "The function is given what the step has done: started, finished, minutes, dryRun, files, and under"
                    + " phases the counts of each.",
            example = "summary(lake.writeJson('summary.json')) { t -> [products: t.phases.products.written] }")
    void summary(SinkDefinition sink, TotalsFunction fields);
}
