package dev.backfill.files;

import dev.backfill.files.read.RecordFile;
import dev.backfill.files.write.GatheringSink;
import dev.backfill.plan.SinkDefinition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Describes a folder. */
record FolderDefinition(Path folder, String maker) implements FileWords.Folder {
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
    public FolderDefinition madeBy(String who) {
        return new FolderDefinition(folder, who);
    }

    @Override
    public ListedDefinition read(String file, String list) {
        return new ListedDefinition(RecordFile.document(folder.resolve(file), list, maker));
    }

    @Override
    public ListedDefinition lines(String file) {
        return new ListedDefinition(RecordFile.lines(folder.resolve(file), maker));
    }

    @Override
    public GatheredDefinition json(String file, String list) {
        return gathered(file, Optional.of(list));
    }

    @Override
    public SinkDefinition json(String file) {
        return new DocumentDefinition(folder.resolve(file));
    }

    @Override
    public GatheredDefinition jsonl(String file) {
        return gathered(file, Optional.empty());
    }

    private GatheredDefinition gathered(String file, Optional<String> list) {
        Path path = folder.resolve(file);
        return new GatheredDefinition(
                new GatheringSink.Plan(path, path.resolveSibling(file + ".part"), list, totals -> null, List.of()));
    }
}
