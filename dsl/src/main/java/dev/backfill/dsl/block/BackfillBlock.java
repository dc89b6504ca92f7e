package dev.backfill.dsl.block;

import dev.backfill.plan.Action;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** States a whole backfill. */
@Noun(value = "backfill", task = Task.STATE, block = true)
public interface BackfillBlock extends PaceBlock {
    @Word(
            value = "Says in one sentence what the backfill does, for --help.",
            example = "about 'gives every product a created_at'",
            required = true)
    void about(String sentence);

    @Word(
            value = "Chooses where the position of the run is saved.",
            example = "checkpoint mongodb().collection('progress')",
            task = Task.CHECKPOINT)
    void checkpoint(StoreDefinition store);

    @Word(
            value = "Names the fields of the saved document as well, for other programs that read it.",
            example = "checkpoint(mongodb().collection('progress')) { document 'backfill_products' }",
            task = Task.CHECKPOINT)
    void checkpoint(StoreDefinition store, Consumer<CheckpointBlock> fields);

    @Word(
            value = "Requires something of a target, and creates it before anything is written if it is " + "missing.",
            example = "ensure search.int64('created_at')",
            repeats = true,
            task = Task.CHECK)
    void ensure(RequirementDefinition requirement);

    void ensure(
            @Keys(
                            @Key(
                                    name = "when",
                                    type = Boolean.class,
                                    otherwise = "true",
                                    value = "Requires it only if this is true.",
                                    example = "ensure search.int64('created_at'), when: option('search', true)"))
                    Map<String, Object> named,
            RequirementDefinition required);

    @Word(
            value = "Runs a function once at the start of a run, before anything is written.",
            example = "beforeRun { db.sql.execute('analyze products') }")
    void beforeRun(Action action);

    @Word(
            value = "States one pass from a source to its sinks. Phases run in the order in which they are "
                    + "written.",
            example = "phase('products') { source …; transform { p -> … }; sink … }",
            required = true,
            instead = "step",
            repeats = true,
            unique = true)
    void phase(String name, Consumer<PhaseBlock> body);

    @Word(
            value = "Limits how many records may be rejected before the run ends. Without it, a run ends "
                    + "when more than 1,000 records, and more than 1 % of those read, are rejected.",
            example = "deadLetters atMost: 1000, share: 0.01",
            task = Task.CHECK)
    void deadLetters(
            @Keys({
                        @Key(
                                name = "atMost",
                                type = Number.class,
                                otherwise = "any number",
                                value = "The most records that may be rejected.",
                                example = "deadLetters atMost: 1000"),
                        @Key(
                                name = "share",
                                type = Number.class,
                                otherwise = "any share",
                                value = "The greatest share of the records read that may be rejected, from 0 to 1;"
                                        + " checked above 50 rejected records.",
                                example = "deadLetters share: 0.01")
                    })
                    Map<String, Object> named);

    @Word(
            value = "Says who is notified when a run starts, ends, fails, stalls or is paused.",
            example = "hooks { webhook secret('SLACK_URL'), on: 'failure' }",
            task = Task.NOTIFY)
    void hooks(Consumer<HooksBlock> called);

    @Word(
            value = "Groups phases that can also be run alone: --phase download runs the phases of "
                    + "step('download').",
            example = "step('download') { phase('products') { source …; sink … } }",
            repeats = true,
            unique = true)
    void step(String name, Consumer<StepBlock> body);

    @Word(
            value = "States what must be true after the run, in addition to what the command validate "
                    + "compares by itself.",
            example = "validate { check('none is left') { … } }",
            task = Task.CHECK)
    void validate(Consumer<ValidateBlock> checks);
}
