package dev.backfill.engine.opening;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Conditional;
import dev.backfill.connector.Located;
import dev.backfill.connector.Source;
import dev.backfill.flow.OpenSink;
import dev.backfill.plan.NewRows;
import dev.backfill.plan.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds what a phase changes of that which it goes by itself, so that after a run its source or a sink no longer sees what the
 * run wrote. A condition for rows that are still to be done does not count: a comparison is made without it.
 */
public record OwnEffect(Phase plan, Source source, List<OpenSink> sinks) {
    public static OwnEffect of(OpenPhase phase) {
        return new OwnEffect(phase.plan(), phase.source(), phase.sinks());
    }

    /** The condition for rows that are still to be done, if the script has one. */
    static List<String> left(Phase phase) {
        return phase.newRows()
                .filter(NewRows.CatchUp.class::isInstance)
                .map(each -> List.of(((NewRows.CatchUp) each).left()))
                .orElse(List.of());
    }

    /** What the source's conditions mention of that which the sinks change. */
    public Set<String> hidden() {
        Set<String> hidden = new TreeSet<>();
        Optional<Conditional<Source>> conditional = source.traits().conditional();
        Optional<Located> located = source.traits().located();
        if (conditional.isPresent() && located.isPresent()) {
            Set<String> mentioned =
                    mentioned(conditional.get(), seen -> seen.traits().conditional());
            sinks.forEach(sink -> sink.traits().changing().ifPresent(changing -> {
                if (changing.location().equals(located.get().location())) {
                    hidden.addAll(both(mentioned, changing.changed()));
                } else {
                    hidden.addAll(both(mentioned, Set.of(changing.name())));
                }
            }));
        }
        return hidden;
    }

    /** Sinks that see only rows which meet a condition about what they change, by their titles. */
    public List<String> narrowed() {
        List<String> narrowed = new ArrayList<>();
        for (OpenSink sink : sinks) {
            Set<String> mentioned = sink.traits()
                    .conditional()
                    .map(conditional ->
                            mentioned(conditional, seen -> seen.traits().conditional()))
                    .orElse(Set.of());
            Set<String> compared =
                    sink.traits().changing().map(Changing::compared).orElse(Set.of());
            boolean own = !both(mentioned, compared).isEmpty();
            narrowed.add(own ? sink.title() : "");
        }
        return narrowed;
    }

    private <T> Set<String> mentioned(Conditional<T> conditional, Function<T, Optional<Conditional<T>>> of) {
        Conditional<T> seen = conditional;
        for (String left : left(plan)) {
            seen = of.apply(seen.without(left)).orElse(seen);
        }
        return seen.mentioned();
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }
}
