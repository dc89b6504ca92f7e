package dev.backfill.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A backfill as its script states it.
 *
 * @param about what it does, in a sentence
 * @param store where the checkpoint is kept; nothing: in a file of the working directory
 * @param batch how many records go together where a phase does not say
 * @param requirements what must be there before anything is written
 * @param beforeRun what the script does itself at the start of a run, before anything is written
 * @param phases what is done, in this order
 * @param validation what must hold afterwards
 * @param options the script's own options of the command line
 * @param deadLetters how many records may be refused
 * @param hooks who a run calls
 */
public record Backfill(
        String name,
        String about,
        Optional<StoreDefinition> store,
        CheckpointLayout layout,
        int batch,
        List<ThrottleRule> throttle,
        List<RequirementDefinition> requirements,
        Optional<Action> beforeRun,
        List<Phase> phases,
        Validation validation,
        List<OptionDefinition> options,
        RunScope scope,
        DeadLetterLimit deadLetters,
        HookPlan hooks) {
    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,99}");

    public Backfill {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the backfill's name '" + name
                    + "' names its checkpoint: it must have 1 to 100 characters, must not begin with a dot,"
                    + " and must contain no slash");
        }
        throttle = List.copyOf(throttle);
        requirements = List.copyOf(requirements);
        phases = List.copyOf(phases);
        options = List.copyOf(options);
    }

    /** One that calls nobody. */
    public Backfill(
            String name,
            String about,
            Optional<StoreDefinition> store,
            CheckpointLayout layout,
            int batch,
            List<ThrottleRule> throttle,
            List<RequirementDefinition> requirements,
            Optional<Action> beforeRun,
            List<Phase> phases,
            Validation validation,
            List<OptionDefinition> options,
            RunScope scope,
            DeadLetterLimit deadLetters) {
        this(
                name,
                about,
                store,
                layout,
                batch,
                throttle,
                requirements,
                beforeRun,
                phases,
                validation,
                options,
                scope,
                deadLetters,
                HookPlan.none());
    }

    /** The same with another limit. */
    public Backfill with(DeadLetterLimit limit) {
        return with(limit, hooks);
    }

    /** The same, which calls these as well. */
    public Backfill calling(List<HookRule> more) {
        return with(deadLetters, hooks.and(more));
    }

    private Backfill with(DeadLetterLimit limit, HookPlan called) {
        return new Backfill(
                name,
                about,
                store,
                layout,
                batch,
                throttle,
                requirements,
                beforeRun,
                phases,
                validation,
                options,
                scope,
                limit,
                called);
    }
}
