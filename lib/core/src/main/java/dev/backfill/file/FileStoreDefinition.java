package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.plan.StoreDefinition;
import java.nio.file.Path;
import java.time.Clock;

/** Keeps checkpoints as JSON files of a folder; for runs on one machine. */
public record FileStoreDefinition(Path folder) implements StoreDefinition {
    /** Where checkpoints are kept if a script does not say: a folder of the working directory. */
    public static FileStoreDefinition standard() {
        return new FileStoreDefinition(Path.of(".backfill"));
    }

    @Override
    public CheckpointStore open(Resources resources, String document) {
        Path file = folder.resolve(document + ".json").normalize();
        if (!folder.normalize().equals(file.getParent() == null ? Path.of("") : file.getParent())) {
            throw new IllegalArgumentException("the checkpoint '" + document + "' would not be in its folder "
                    + folder.toAbsolutePath() + "; give it a name without a slash");
        }
        return new FileStore(file, Clock.systemUTC());
    }

    @Override
    public String title() {
        return "files in " + folder.toAbsolutePath();
    }
}
