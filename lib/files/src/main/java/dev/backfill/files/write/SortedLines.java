package dev.backfill.files.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.JsonValues;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The lines of a file in the order of some fields of theirs: parts of it are sorted in memory and put aside on the disk, then
 * merged, so that memory stays flat. Used by one thread.
 */
final class SortedLines implements AutoCloseable {
    private static final int PART = 4 * 1024 * 1024;
    private static final String ASIDE = ".sort-";
    private static final JsonFactory FACTORY = JsonLimits.factory();

    private final List<Path> parts = new ArrayList<>();
    private final List<String> order;
    private final Path file;
    private final long bytes;

    private SortedLines(Path file, long bytes, List<String> order) {
        this.file = file;
        this.bytes = bytes;
        this.order = order;
    }

    /**
     * @param bytes how much of the file counts
     * @param order no fields: the lines stay as they are
     */
    static SortedLines of(Path file, long bytes, List<String> order) {
        return new SortedLines(file, bytes, order);
    }

    /** Removes the parts that a process which was killed has put aside for this file. */
    static void sweep(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(
                absolute.resolveSibling("").toAbsolutePath(),
                each -> each.getFileName().toString().startsWith(absolute.getFileName() + ASIDE))) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** What is done with each line. */
    @FunctionalInterface
    interface Each {
        void line(String line) throws IOException;
    }

    void forEach(Each each) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new FirstBytes(Files.newInputStream(file), bytes), StandardCharsets.UTF_8))) {
            if (order.isEmpty()) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    each.line(line);
                }
                return;
            }
            List<Line> last = cut(in);
            if (parts.isEmpty()) {
                for (Line line : last) {
                    each.line(line.text());
                }
                return;
            }
            spill(last);
        }
        merge(each);
    }

    /** Puts all parts aside but the last, which it gives sorted. */
    private List<Line> cut(BufferedReader in) throws IOException {
        List<Line> part = new ArrayList<>();
        long size = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (size > PART) {
                spill(sorted(part));
                part = new ArrayList<>();
                size = 0;
            }
            part.add(line(line, 0));
            size += line.length();
        }
        return sorted(part);
    }

    private static List<Line> sorted(List<Line> lines) {
        lines.sort(null);
        return lines;
    }

    private void spill(List<Line> lines) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ASIDE, "");
        parts.add(part);
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            for (Line line : lines) {
                out.write(line.text());
                out.write('\n');
            }
        }
    }

    private void merge(Each each) throws IOException {
        List<BufferedReader> readers = new ArrayList<>();
        try {
            PriorityQueue<Line> heads = new PriorityQueue<>();
            for (Path part : parts) {
                readers.add(Files.newBufferedReader(part));
                next(readers, readers.size() - 1).ifPresent(heads::add);
            }
            while (!heads.isEmpty()) {
                Line least = heads.remove();
                each.line(least.text());
                next(readers, least.part()).ifPresent(heads::add);
            }
        } finally {
            for (BufferedReader reader : readers) {
                reader.close();
            }
        }
    }

    private Optional<Line> next(List<BufferedReader> readers, int part) throws IOException {
        String line = readers.get(part).readLine();
        return line == null ? Optional.empty() : Optional.of(line(line, part));
    }

    private Line line(String text, int part) throws IOException {
        try (JsonParser in = FACTORY.createParser(text)) {
            in.nextToken();
            Map<?, ?> record = JsonValues.read(in) instanceof Map<?, ?> map ? map : Map.of();
            List<SortKey> keys =
                    order.stream().map(field -> SortKey.of(record.get(field))).toList();
            return new Line(text, keys, part);
        }
    }

    /** A line and what it is sorted by; equal ones keep the order of their parts. */
    private record Line(String text, List<SortKey> keys, int part) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            for (int i = 0; i < keys.size(); i++) {
                int order = keys.get(i).compareTo(other.keys.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(part, other.part);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
    }
}
