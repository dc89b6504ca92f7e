package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Note;
import dev.backfill.connector.FatalFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a backfill that were run on their own, as a note next to the whole's checkpoint: each has a checkpoint and dead
 * letters of its own, which nobody would find without.
 */
public record PartList(CheckpointStore whole) {
    private static final String NAME = "parts";

    /**
     * @param name as its checkpoint is named by it
     * @param asked the options by which it was chosen
     * @param description distinguishes it from every other part
     */
    public record Part(String name, String asked, String description) {}

    /** What the note holds. */
    record Parts(List<Part> parts) {}

    public List<Part> read() {
        return parts(whole.note(NAME));
    }

    /** Adds it, if it is not known yet; {@link FatalFailure} if its name is that of another part. */
    public void add(Part part) {
        while (true) {
            Optional<Note> note = whole.note(NAME);
            List<Part> known = parts(note);
            if (isKnown(part, known)) {
                return;
            }
            String next = CheckpointJson.write(
                    new Parts(Stream.concat(known.stream(), Stream.of(part)).toList()));
            if (whole.write(NAME, note.map(Note::version).orElse(0L), next)) {
                return;
            }
        }
    }

    private static boolean isKnown(Part part, List<Part> known) {
        Optional<Part> same =
                known.stream().filter(each -> each.name().equals(part.name())).findFirst();
        same.filter(each -> !each.description().equals(part.description())).ifPresent(other -> {
            throw new FatalFailure("looking for the checkpoint of " + part.asked() + ": its name, " + part.name()
                    + ", belongs to the checkpoint of " + other.asked()
                    + ", which chose other records; ask for them in two runs");
        });
        return same.isPresent();
    }

    private static List<Part> parts(Optional<Note> note) {
        return note.map(found -> CheckpointJson.read(found.text(), Parts.class).parts())
                .orElse(List.of());
    }
}
