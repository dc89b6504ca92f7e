package dev.backfill.files;

import dev.backfill.files.read.RecordFile;
import dev.backfill.files.write.Envelope;
import dev.backfill.files.write.GatheringSink;
import dev.backfill.plan.SinkDefinition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Describes a folder. */
record FolderDefinition(Path folder, String advice) implements FileWords.Folder {
    static FolderDefinition of(String folder) {
        if (folder.isBlank()) {
            throw new IllegalArgumentException("files('…') needs the name of a folder");
        }
        try {
            return new FolderDefinition(Path.of(folder), "");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("files('" + folder + "') is no folder: " + e.getReason(), e);
        }
    }

    @Override
    public FolderDefinition orFail(String message) {
        return new FolderDefinition(folder, message);
    }

    @Override
    public ListedDefinition readJson(String file, String list) {
        return new ListedDefinition(RecordFile.document(folder.resolve(file), list, advice));
    }

    @Override
    public ListedDefinition readJsonl(String file) {
        return new ListedDefinition(RecordFile.lines(folder.resolve(file), advice));
    }

    @Override
    public GatheredDefinition writeJson(String file, String list) {
        return gathered(file, Optional.of(list));
    }

    @Override
    public SinkDefinition writeJson(String file) {
        return new DocumentDefinition(folder.resolve(file));
    }

    @Override
    public GatheredDefinition writeJsonl(String file) {
        return gathered(file, Optional.empty());
    }

    private GatheredDefinition gathered(String file, Optional<String> list) {
        Path path = folder.resolve(file);
        return new GatheredDefinition(
                new GatheringSink.Plan(path, path.resolveSibling(file + ".part"), list, Envelope::standard, List.of()));
    }
}
