package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The starts of a backfill, kept next to its checkpoint, newest last. At most a hundred are kept. */
public record RunHistory(CheckpointStore store) {
    private static final String NAME = "history";
    private static final int MOST = 100;

    /** What the note holds. */
    record Starts(List<RunRecord> starts) {}

    public List<RunRecord> read() {
        return starts(store.note(NAME));
    }

    /** Adds the start, or puts it in the place of what was known of it. */
    public void put(RunRecord start) {
        change(known -> {
            List<RunRecord> next = new ArrayList<>(known);
            next.removeIf(each -> each.isOf(start));
            next.add(start);
            return next.subList(Math.max(0, next.size() - MOST), next.size());
        });
    }

    /** Forgets the starts for which this holds. */
    public void forget(Predicate<RunRecord> unwanted) {
        change(all -> all.stream().filter(unwanted.negate()).toList());
    }

    private void change(UnaryOperator<List<RunRecord>> change) {
        while (true) {
            Optional<Note> note = store.note(NAME);
            String next = CheckpointJson.write(new Starts(change.apply(starts(note))));
            if (store.write(NAME, note.map(Note::version).orElse(0L), next)) {
                return;
            }
        }
    }

    private static List<RunRecord> starts(Optional<Note> note) {
        return note.map(found -> CheckpointJson.read(found.text(), Starts.class).starts())
                .orElse(List.of());
    }
}
