package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.Holder;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.Stored;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.control.Pulse;
import dev.backfill.control.Wishes;
import dev.backfill.plan.Backfill;
import dev.backfill.words.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Says where a backfill stands, from its checkpoint alone. */
public record StatusText(
        Backfill plan,
        String store,
        Stored stored,
        LetterText letters,
        List<PartText> parts,
        Wishes wishes,
        Optional<Pulse> pulse) {
    public String text() {
        StringBuilder text = new StringBuilder(plan.name()).append(": ").append(headline());
        stored.holder().ifPresent(holder -> text.append("\n  owner: ").append(holder.told()));
        Refused refused = Refused.now(letters.store());
        stored.checkpoint()
                .ifPresent(checkpoint -> checkpoint.run().phases().forEach(phase -> phase(text, phase, refused)));
        new ControlText(wishes, ofThisRun(), owned())
                .lines()
                .forEach(line -> text.append("\n  ").append(line));
        long dead = letters.store().countDeadLetters();
        if (dead > 0) {
            text.append("\n  dead letters: ")
                    .append(Figures.count(dead))
                    .append(", listed by --dead-letters, tried again by 'retry', which reads the records again, or by"
                            + " 'retry --from-payload', which writes them as they were");
            letters.summary().forEach(line -> text.append('\n').append(line));
        }
        parts.stream()
                .flatMap(part -> part.summary().stream())
                .forEach(line -> text.append('\n').append(line));
        return text.append("\n  checkpoint: ").append(store).toString();
    }

    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("backfill", plan.name());
        object.put("status", headline());
        object.put("owner", stored.holder().orElse(null));
        object.put(
                "run",
                stored.checkpoint().map(checkpoint -> (Object) checkpoint.run()).orElse(null));
        object.put("deadLetters", letters.store().countDeadLetters());
        object.put("deadLetterCounts", letters.store().letterCounts());
        object.put("parts", parts.stream().map(PartText::object).toList());
        object.put("wishes", wishes);
        object.put("pulse", pulse.orElse(null));
        object.put("store", store);
        return CheckpointJson.write(object);
    }

    /** True if a process works on it now. */
    public boolean owned() {
        return stored.holder().filter(Holder::works).isPresent();
    }

    private Optional<Pulse> ofThisRun() {
        return pulse.filter(each -> stored.checkpoint()
                .filter(checkpoint -> checkpoint.run().id().equals(each.run()))
                .isPresent());
    }

    private String headline() {
        return stored.checkpoint().map(checkpoint -> headline(checkpoint.run())).orElse("has not been run");
    }

    /** A run that says it is running, but has no living owner, was killed. */
    private String headline(RunState run) {
        String status = run.status() == RunStatus.RUNNING && !owned()
                ? "broken off, goes on with the next start"
                : run.status().toString().toLowerCase(Locale.ROOT);
        return status + " (run " + run.id() + " of " + run.started() + ")";
    }

    private void phase(StringBuilder text, PhaseState phase, Refused refused) {
        text.append("\n  ").append(line(phase, refused));
        Suppressed.of(plan, phase).forEach(line -> text.append("\n    ").append(line));
    }

    private static String line(PhaseState phase, Refused refused) {
        String text = phase.name() + ": " + phase.status().toString().toLowerCase(Locale.ROOT);
        if (phase.splits().isEmpty()) {
            return text;
        }
        String position = phase.status() == WorkStatus.DONE
                ? ""
                : Resuming.predicate(phase).map(resuming -> "; " + resuming).orElse("");
        return text + ", " + read(phase) + " read in " + Figures.count(phase.batches(), "batch")
                + refused.inPhase(phase) + position;
    }

    /** With the number that its source expects, while there is more to come. */
    private static String read(PhaseState phase) {
        long read = phase.read();
        OptionalLong expected = phase.expected();
        return phase.status() == WorkStatus.DONE || expected.isEmpty() || expected.getAsLong() <= read
                ? Figures.count(read)
                : Figures.count(read) + " of " + Quantity.about(expected.getAsLong()) + " ("
                        + Figures.percent((double) read / expected.getAsLong()) + ")";
    }
}
