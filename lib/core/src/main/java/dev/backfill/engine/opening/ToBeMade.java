package dev.backfill.engine.opening;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Requirement;
import dev.backfill.plan.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Knows what is missing only because the run itself has not made it yet: by a requirement, or by an earlier phase. */
public record ToBeMade(Scheme scheme, List<Requirement> requirements) {
    public ToBeMade {
        requirements = List.copyOf(requirements);
    }

    /**
     * Says so, as a whole sentence; nothing if the failure has another cause.
     *
     * @param phase the place in the plan of the phase that failed
     */
    public Optional<String> why(int phase, Throwable failure) {
        return AbsentFailure.in(failure)
                .filter(absent -> required(absent) || written(phase, absent))
                .map(absent -> String.join(".", absent.name())
                        + " will be created by the run; what is read or written there is not known yet");
    }

    private boolean required(AbsentFailure absent) {
        return requirements.stream().anyMatch(requirement -> requirement.adds(absent));
    }

    private boolean written(int phase, AbsentFailure absent) {
        List<Phase> phases = scheme.plan().phases();
        return IntStream.range(0, phase)
                .filter(scheme::wanted)
                .mapToObj(phases::get)
                .map(Phase::sinks)
                .flatMap(Collection::stream)
                .anyMatch(step -> step.sink().creates(absent));
    }
}
