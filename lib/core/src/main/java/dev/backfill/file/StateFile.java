package dev.backfill.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.ForeignCheckpointException;
import dev.backfill.checkpoint.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The checkpoint's file: the documented fields at the top, and the runtime's own record below one more field. */
record StateFile(DurableFile file) {
    private static final String OWN = "backfill";

    /**
     * The runtime's own record.
     *
     * @param version one higher with every save
     */
    @JsonInclude(Include.NON_ABSENT)
    record Own(long version, Optional<RunState> run) {}

    /** What is there, next to the documented fields. */
    record Content(Own own, Map<String, Object> fields) {
        Optional<Checkpoint> checkpoint() {
            return own.run().map(run -> new Checkpoint(run, fields));
        }
    }

    Content read() {
        return file.read(this::parse).orElse(new Content(new Own(0, Optional.empty()), Map.of()));
    }

    void write(long version, Optional<Checkpoint> checkpoint) {
        Map<String, Object> document =
                new LinkedHashMap<>(checkpoint.map(Checkpoint::fields).orElse(Map.of()));
        document.put(OWN, new Own(version, checkpoint.map(Checkpoint::run)));
        file.write(CheckpointJson.write(document));
    }

    boolean isDamaged() {
        return file.isDamaged(this::parse);
    }

    private Content parse(String text) {
        Map<String, Object> document = CheckpointJson.fields(text);
        Object own = document.remove(OWN);
        if (own == null) {
            throw new ForeignCheckpointException(file.path().toAbsolutePath()
                    + " was written by another program: it has " + String.join(", ", document.keySet())
                    + " but no field '" + OWN + "'; choose another place for the checkpoint");
        }
        return new Content(CheckpointJson.read(CheckpointJson.write(own), Own.class), document);
    }
}
