package dev.backfill.files;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.files.read.FileSource;
import dev.backfill.files.read.RecordFile;
import dev.backfill.plan.TotalsFunction;
import java.util.List;

/** Describes reading records out of a file. */
record ListedDefinition(RecordFile file) implements FileWords.Listed {
    @Override
    public ListedDefinition select(String... fields) {
        return new ListedDefinition(file.selecting(List.of(fields)));
    }

    @Override
    public ListedDefinition unnest(String list) {
        return new ListedDefinition(file.unnest(list));
    }

    @Override
    public ListedDefinition key(String... fields) {
        return new ListedDefinition(file.keyed(List.of(fields)));
    }

    @Override
    public ListedDefinition check(TotalsFunction reasons) {
        return new ListedDefinition(file.checked(reasons));
    }

    @Override
    public Long count() {
        return new FileSource(file).count();
    }

    @Override
    public Source open(Resources resources) {
        return new FileSource(file);
    }

    @Override
    public String title() {
        return file.path().toString();
    }
}
