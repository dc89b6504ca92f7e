package dev.backfill.inspection;

import dev.backfill.connector.Diagnostic;
import dev.backfill.plan.Backfill;
import java.util.ArrayList;
import java.util.List;

/** What can be said of a script itself before a run; each rule of the house that only a look can hold a script to stands here. */
final class ScriptRules {
    private ScriptRules() {}

    static List<Diagnostic> of(Backfill plan) {
        List<Diagnostic> findings = new ArrayList<>();
        if (plan.store().isEmpty()) {
            findings.add(
                    Diagnostic.warning("its checkpoint is a file of this machine's working directory, so that a run"
                            + " elsewhere begins from the first record; say checkpoint … to keep it in a database"));
        }
        plan.beforeRun()
                .ifPresent(action -> findings.add(
                        Diagnostic.info("its beforeRun { } is done first by a new run; a look does not try it")));
        plan.phases().stream()
                .filter(phase -> phase.source().grows() && phase.newRows().isEmpty())
                .forEach(phase -> findings.add(Diagnostic.problem("phase '" + phase.name()
                        + "' does not say who handles rows that are inserted or committed during the run; add"
                        + " newRows handledBy: '…', or newRows catchUp: with a condition for the rows that are"
                        + " still to be done")));
        return findings;
    }
}
