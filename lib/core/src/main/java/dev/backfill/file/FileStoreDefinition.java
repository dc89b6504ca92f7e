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
        return new FileStore(folder.resolve(document + ".json"), Clock.systemUTC());
    }

    @Override
    public String title() {
        return "files in " + folder.toAbsolutePath();
    }
}
