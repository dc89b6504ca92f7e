package dev.backfill.files.read;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FileEnvelope;
import dev.backfill.connector.Row;
import dev.backfill.plan.TotalsFunction;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file with records.
 *
 * @param list where in the document they are; nothing: they are lines
 * @param advice what to do if the file is missing or cut off; empty: nothing in particular
 * @param each the list in a record whose items are the records; nothing: the records themselves
 * @param fields what is read of them; none: whatever is there
 * @param keys the fields that identify them; none: not known
 * @param check what must hold of what stands next to the list
 */
public record RecordFile(
        Path path,
        Optional<String> list,
        String advice,
        Optional<String> each,
        List<String> fields,
        List<String> keys,
        Optional<TotalsFunction> check) {
    public RecordFile {
        fields = List.copyOf(fields);
        keys = List.copyOf(keys);
    }

    public static RecordFile document(Path path, String list, String advice) {
        return new RecordFile(
                path, Optional.of(list), advice, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    public static RecordFile lines(Path path, String advice) {
        return new RecordFile(path, Optional.empty(), advice, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    public RecordFile selecting(List<String> names) {
        return new RecordFile(path, list, advice, each, names, keys, check);
    }

    public RecordFile unnest(String inner) {
        return new RecordFile(path, list, advice, Optional.of(inner), fields, keys, check);
    }

    public RecordFile keyed(List<String> names) {
        return new RecordFile(path, list, advice, each, fields, names, check);
    }

    public RecordFile checked(TotalsFunction reasons) {
        return new RecordFile(path, list, advice, each, fields, keys, Optional.of(reasons));
    }

    /** {@link FatalFailure} with the reasons if what stands next to the list is not as the check wants it. */
    void checkHeader() {
        if (check.isEmpty() || list.isEmpty()) {
            return;
        }
        try {
            Object reasons = check.get().apply(Header.of(path, list.get()));
            if (reasons instanceof Collection<?> several && !several.isEmpty()) {
                throw new FatalFailure(path.toAbsolutePath() + " cannot be used so: "
                        + several.stream().map(String::valueOf).collect(Collectors.joining("; ")));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What the file says above its list, and how many records that has. */
    FileEnvelope envelope() {
        try (Records records = listed()) {
            long count = 0;
            while (records.next().isPresent()) {
                count++;
            }
            Row fields = list.isPresent() ? Header.of(path, list.get()) : Row.of(Map.of());
            return new FileEnvelope(path.toAbsolutePath().toString(), fields, count);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Records listed() throws IOException {
        return list.isPresent() ? new DocumentRecords(path, list.get()) : new LineRecords(path);
    }

    /** The records from the first one on. */
    Records open() {
        try {
            Records records = listed();
            return each.isPresent() ? new InnerRecords(records, each.get()) : records;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Distinguishes this content of the file from another. */
    String stamp() {
        try {
            return Files.size(path) + "-" + Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    FatalFailure failure(IOException e) {
        String doing = "reading " + path.toAbsolutePath() + ": ";
        if (e instanceof NoSuchFileException) {
            return missing(doing);
        } else if (e instanceof AccessDeniedException) {
            return new FatalFailure(doing + "it may not be read; check its rights", e);
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new FatalFailure(doing + reason + "; " + remedy("fix or replace the file"), e);
    }

    private AbsentFailure missing(String doing) {
        return new AbsentFailure(
                doing + "there is no such file; " + remedy("name the right folder"),
                path.getFileSystem(),
                List.of(name(path)));
    }

    /** True if what is missing is the file of this path. */
    public static boolean is(Path path, AbsentFailure absent) {
        return path.getFileSystem().equals(absent.place()) && absent.name().equals(List.of(name(path)));
    }

    private static String name(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private String remedy(String otherwise) {
        return advice.isEmpty() ? otherwise : advice + ", or " + otherwise;
    }
}
