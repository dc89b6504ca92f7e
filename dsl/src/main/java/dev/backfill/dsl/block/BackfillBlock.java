package dev.backfill.dsl.block;

import dev.backfill.plan.Action;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** States a whole backfill. */
@Noun(value = "backfill", block = true)
public interface BackfillBlock extends PaceBlock {
    @Word(
            value = "What it does, in a sentence for --help.",
            example = "about 'gives every product a created_at'",
            required = true)
    void about(String sentence);

    @Word(
            value = "Where the position is kept; a block names the fields of its document.",
            example = "checkpoint mongodb().collection('progress')")
    void checkpoint(StoreDefinition store);

    void checkpoint(StoreDefinition store, Consumer<CheckpointBlock> fields);

    @Word(
            value = "What must be there before anything is written; with when: only if that is true.",
            example = "ensure search.int64('created_at')",
            repeats = true)
    void ensure(RequirementDefinition requirement);

    void ensure(@Keys(value = "when", types = Boolean.class) Map<String, Object> named, RequirementDefinition required);

    @Word(
            value = "Is run once at the start of a run, before anything is written.",
            example = "beforeRun { db.sql.execute('analyze products') }")
    void beforeRun(Action action);

    @Word(
            value = "One pass from a source to its sinks; phases run in the order written.",
            example = "phase('products') { source …; transform { p -> … }; sink … }",
            required = true,
            instead = "step",
            repeats = true,
            unique = true)
    void phase(String name, Consumer<PhaseBlock> body);

    @Word(
            value = "How many records may be refused before the run is given up: a number, a share of those read (once"
                    + " there are more than 50), or both; 1 % above 1,000, if it is not said.",
            example = "deadLetters atMost: 1000, share: 0.01")
    void deadLetters(
            @Keys(
                            value = {"atMost", "share"},
                            types = {Number.class, Number.class})
                    Map<String, Object> named);

    @Word(
            value = "Who is notified when a run starts, ends, fails, stalls or is paused.",
            example = "hooks { webhook secret('SLACK_URL'), on: 'failure' }")
    void hooks(Consumer<HooksBlock> called);

    @Word(
            value = "Phases that belong together and are also run alone, by this name: --phase download.",
            example = "step('download') { phase('products') { source …; sink … } }",
            repeats = true,
            unique = true)
    void step(String name, Consumer<StepBlock> body);

    @Word(
            value = "What must be true afterwards, in addition to what 'validate' compares by itself.",
            example = "validate { check('none is left') { … } }")
    void validate(Consumer<ValidateBlock> checks);
}
