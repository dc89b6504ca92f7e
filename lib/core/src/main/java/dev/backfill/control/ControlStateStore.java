package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Note;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The requests next to a checkpoint: read by the run, changed by anybody, one after the other. Thread-safe. */
public record ControlStateStore(CheckpointStore store) {
    private static final String NAME = "wishes";

    public ControlState read() {
        return requests(store.note(NAME));
    }

    /** Changes what is wished; of several who do so at once, each sees what the one before left. */
    public ControlState change(UnaryOperator<ControlState> change) {
        while (true) {
            Optional<Note> note = store.note(NAME);
            long version = note.map(Note::version).orElse(0L);
            ControlState next = change.apply(requests(note)).numbered(version + 1);
            if (store.write(NAME, version, CheckpointJson.write(next))) {
                return next;
            }
        }
    }

    private static ControlState requests(Optional<Note> note) {
        return note.map(found ->
                        CheckpointJson.read(found.text(), ControlState.class).numbered(found.version()))
                .orElseGet(ControlState::none);
    }
}
