package dev.backfill.cli.option;

import dev.backfill.connector.Scope;
import dev.backfill.connector.UnfitKeyException;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.run.Extent;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how much of a backfill a start is to do. */
public final class ExtentSettings {
    @Option(names = "--phase", paramLabel = "NAME", description = "Only this phase, or the phases of this step.")
    private @Nullable String phase;

    @Option(names = "--from", paramLabel = "KEY", description = "Only records from this key on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "KEY", description = "Only records up to this key.")
    private @Nullable String to;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only records that meet this condition, in the source's own language.")
    private @Nullable String where;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Only the records with the keys in this file," + " one per line.")
    private @Nullable Path keys;

    @Option(
            names = "--limit",
            paramLabel = "RECORDS",
            description = "Reads at most this many records, then pauses (exit 4).")
    private @Nullable Long limit;

    @Option(
            names = "--max-duration",
            paramLabel = "TIME",
            description = "Begins no batch after this time, as in 90m or 2h; then pauses (exit 4).")
    private @Nullable String duration;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Begins no batch after this time of day (06:00) or instant; then pauses (exit 4).")
    private @Nullable String until;

    /** {@link IllegalArgumentException} if an option's value makes no sense, or the file of keys cannot be read. */
    Extent extent(Instant now, ZoneId zone) {
        Scope scope = new Scope(Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(where));
        Optional<List<String>> listed = Optional.ofNullable(keys).map(ExtentSettings::read);
        if (listed.isPresent() && !scope.isAll()) {
            throw new IllegalArgumentException("--keys says which records; leave out --from, --to and --where");
        }
        OptionalLong most = limit == null ? OptionalLong.empty() : OptionalLong.of(positive(limit));
        return new Extent(Optional.ofNullable(phase), scope, listed, most, end(now, zone));
    }

    private Optional<Instant> end(Instant now, ZoneId zone) {
        return Stream.of(
                        Optional.ofNullable(duration).map(text -> now.plus(Times.duration("--max-duration", text))),
                        Optional.ofNullable(until).map(text -> Times.next("--until", text, now, zone)))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static long positive(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("--limit must be at least 1, but is " + records);
        }
        return records;
    }

    public static List<String> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .distinct()
                    .toList();
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("the file of --keys, " + file + ", has no keys");
            }
            return lines;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file.toAbsolutePath() + ", which --keys names", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("the file of --keys, " + file + ", is not UTF-8 text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of --keys, " + file + ", cannot be read: " + e.getMessage(), e);
        }
    }

    /** Says of a key that does not fit where it is written. */
    UnfitScopeException placed(UnfitKeyException unfit) {
        Path file = keys;
        if (file == null) {
            return unfit;
        }
        return new UnfitScopeException("--keys " + file + ", line " + line(file, unfit.key()) + ": "
                + unfit.getMessage() + "; correct the line and start again: no record was read");
    }

    private static int line(Path file, String key) {
        try {
            return 1 + Files.readAllLines(file).indexOf(key);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of --keys, " + file + ", cannot be read any more: " + e.getMessage(), e);
        }
    }

    /** The arguments that a next start needs to mean the same. */
    String again() {
        StringBuilder text = new StringBuilder();
        add(text, "--phase", phase);
        add(text, "--from", from);
        add(text, "--to", to);
        add(text, "--where", where);
        add(text, "--keys", keys);
        return text.toString();
    }

    private static void add(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(' ').append(name).append(' ').append(Quoted.text(value.toString()));
        }
    }
}
