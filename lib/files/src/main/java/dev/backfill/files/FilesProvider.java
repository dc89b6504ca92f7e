package dev.backfill.files;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Brings the words for files into the language. */
public final class FilesProvider implements WordProvider {
    @Override
    public Class<FileWords> words() {
        return FileWords.class;
    }

    @Override
    public FileWords create(Settings settings) {
        return FolderDefinition::of;
    }
}
