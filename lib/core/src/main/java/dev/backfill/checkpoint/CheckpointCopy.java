package dev.backfill.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * A saved position apart from any store, to be kept or to be brought to another store.
 *
 * @param backfill whose position it is
 */
public record CheckpointCopy(String backfill, RunState run, List<DeadLetter> deadLetters) {
    private static final int PAGE = 1_000;

    public CheckpointCopy {
        deadLetters = List.copyOf(deadLetters);
    }

    /** What the store holds, all of its dead letters included. */
    public static CheckpointCopy of(CheckpointStore store, RunState run) {
        List<DeadLetter> letters = new ArrayList<>();
        List<DeadLetter> page = store.deadLetters(0, PAGE);
        while (!page.isEmpty()) {
            letters.addAll(page);
            page = store.deadLetters(letters.size(), PAGE);
        }
        return new CheckpointCopy(run.backfill(), run, letters);
    }

    public static CheckpointCopy read(String json) {
        return CheckpointJson.read(json, CheckpointCopy.class);
    }

    public String json() {
        return CheckpointJson.write(this);
    }
}
