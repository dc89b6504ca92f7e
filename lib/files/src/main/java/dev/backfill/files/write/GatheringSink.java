package dev.backfill.files.write;

import dev.backfill.connector.AppendOnlySink;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.plan.TotalsFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records as lines of a file next to the target, each on the disk when its write returns, and makes the target of them
 * when all are there: sorted, and renamed into place. Used by one thread at a time.
 */
public final class GatheringSink implements AppendOnlySink {
    private final Plan plan;
    private long reached;

    /**
     * What is made of the records.
     *
     * @param gathering the file in which they gather
     * @param list the name of their list in the target; nothing: they stay lines
     * @param envelope what stands above the list
     * @param order the fields by which they are sorted; none: as they came
     */
    public record Plan(
            Path target, Path gathering, Optional<String> list, TotalsFunction envelope, List<String> order) {
        public Plan {
            order = List.copyOf(order);
        }

        public Plan with(TotalsFunction function) {
            return new Plan(target, gathering, list, function, order);
        }

        public Plan sorted(List<String> fields) {
            return new Plan(target, gathering, list, envelope, fields);
        }

        public Plan in(Path file) {
            return new Plan(target, file, list, envelope, order);
        }
    }

    public GatheringSink(Plan plan) {
        this.plan = plan;
    }

    /** A position is how many bytes count. */
    @Override
    public void truncateTo(String position) {
        reached = position.isEmpty() ? 0 : Long.parseLong(position);
        try {
            WholeFile.createFolder(plan.gathering());
            SortedLines.sweep(plan.gathering());
            try (FileChannel file =
                    FileChannel.open(plan.gathering(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (file.size() < reached) {
                    throw new FatalFailure(plan.gathering().toAbsolutePath() + " has " + file.size() + " of the "
                            + reached + " bytes that were written to it: it was changed or deleted in between;"
                            + " begin again with --restart");
                }
                file.truncate(reached);
                file.force(true);
            }
        } catch (IOException e) {
            throw WholeFile.failure(plan.gathering(), e);
        }
    }

    @Override
    public WriteResult write(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.WRITTEN);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < records.size(); i++) {
            try {
                lines.writeBytes(JsonText.line(records.get(i)));
            } catch (IllegalArgumentException e) {
                outcome.rejected(i, String.valueOf(e.getMessage()));
            }
        }
        append(lines.toByteArray());
        return outcome.at(String.valueOf(reached));
    }

    private void append(byte[] lines) {
        if (lines.length == 0) {
            return;
        }
        try (FileChannel file = FileChannel.open(plan.gathering(), StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            for (long offset = reached; bytes.hasRemaining(); ) {
                offset += file.write(bytes, offset);
            }
            file.force(true);
            reached += lines.length;
        } catch (IOException e) {
            throw WholeFile.failure(plan.gathering(), e);
        }
    }

    @Override
    public void publish(Row totals) {
        Object envelope = plan.list().isPresent() ? plan.envelope().apply(totals) : null;
        if (envelope != null && !(envelope instanceof Map<?, ?>)) {
            throw new FatalFailure("the envelope of " + plan.target() + " must give a map, but gave " + envelope);
        }
        new WholeFile(plan.target()).write(out -> assemble(out, (Map<?, ?>) envelope));
    }

    private void assemble(OutputStream out, @Nullable Map<?, ?> envelope) throws IOException {
        try (SortedLines lines = SortedLines.of(plan.gathering(), reached, plan.order())) {
            if (plan.list().isEmpty()) {
                lines.forEach(line -> put(out, line + "\n"));
                return;
            }
            put(out, opening(envelope) + JsonText.quoted(plan.list().get()) + " : [");
            boolean[] more = new boolean[1];
            lines.forEach(line -> {
                put(out, (more[0] ? ",\n" : "\n") + line);
                more[0] = true;
            });
            put(out, (more[0] ? "\n  ]" : "]") + "\n}\n");
        }
    }

    /** The envelope's object, left open for the list. */
    private static String opening(@Nullable Map<?, ?> envelope) {
        if (envelope == null || envelope.isEmpty()) {
            return "{\n  ";
        }
        return JsonText.indented(envelope).replaceFirst("\\s*\\}\\z", "") + ",\n  ";
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The lines are needed until the end of the phase is saved; then the target has them all. */
    @Override
    public void cleanUp() {
        try {
            Files.deleteIfExists(plan.gathering());
        } catch (IOException e) {
            throw WholeFile.failure(plan.gathering(), e);
        }
    }

    @Override
    public void close() {
        // each write opens and closes the file
    }
}
