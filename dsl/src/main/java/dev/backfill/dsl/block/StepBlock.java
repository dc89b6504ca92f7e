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
            value = "Written once, when the phases of the step are done: what they have done, by their names.",
            example = "summary(lake.writeJson('summary.json')) { t -> [products: t.phases.products.written] }")
    void summary(SinkDefinition sink, TotalsFunction told);
}
