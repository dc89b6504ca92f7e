package dev.backfill.inspection;

import dev.backfill.checkpoint.ForeignCheckpointException;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Failure;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.plan.ScriptException;
import dev.backfill.retry.Retry;
import dev.backfill.time.StoppedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects what is found, by what it is about. A look that fails is itself a finding, so that it hides no other. */
final class Findings {
    private final Map<String, List<Diagnostic>> bySubject;
    private final Set<String> told;
    private final Retry retry;
    private final Function<Throwable, Optional<String>> toCome;

    Findings(Retry retry) {
        this(new LinkedHashMap<>(), new HashSet<>(), retry, failure -> Optional.empty());
    }

    private Findings(
            Map<String, List<Diagnostic>> bySubject,
            Set<String> told,
            Retry retry,
            Function<Throwable, Optional<String>> toCome) {
        this.bySubject = bySubject;
        this.told = told;
        this.retry = retry;
        this.toCome = toCome;
    }

    /**
     * The same, which takes no problem from what the run itself will make.
     *
     * @param why says so of a failure; nothing if that has another cause
     */
    Findings expecting(Function<Throwable, Optional<String>> why) {
        return new Findings(bySubject, told, retry, why);
    }

    /** Each sentence once, however many find the same. */
    void add(String subject, Diagnostic finding) {
        if (told.add(finding.text())) {
            bySubject.computeIfAbsent(subject, key -> new ArrayList<>()).add(finding);
        }
    }

    void addAll(String subject, List<Diagnostic> findings) {
        findings.forEach(finding -> add(subject, finding));
    }

    /** Does it, again where that may help; nothing if it failed, which is then a problem. */
    <T> Optional<T> trying(String subject, Supplier<T> step) {
        try {
            return Optional.of(retry.run("looking at " + subject, step));
        } catch (Failure | ForeignCheckpointException | ScriptException | IllegalArgumentException e) {
            add(
                    subject,
                    toCome.apply(e)
                            .map(Diagnostic::info)
                            .orElseGet(() -> Diagnostic.problem(String.valueOf(e.getMessage()))));
        } catch (UnfitScopeException | StoppedException asked) {
            throw asked; // of what was asked for otherwise, there is nothing to tell
        } catch (RuntimeException e) {
            add(subject, Diagnostic.problem("unexpected " + e + "; run it again with --verbose and report it"));
        }
        return Optional.empty();
    }

    void look(String subject, Inspectable thing) {
        trying(subject, thing::inspect).ifPresent(findings -> addAll(subject, findings));
    }

    List<Subject> subjects() {
        return bySubject.entrySet().stream()
                .map(entry -> new Subject(entry.getKey(), entry.getValue()))
                .toList();
    }
}
