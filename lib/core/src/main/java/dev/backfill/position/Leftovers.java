package dev.backfill.position;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.control.RunHistory;
import dev.backfill.control.RunRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backfill has left behind before a time: starts in its history, and dead letters. What belongs to a run that is not
 * done is kept, however old.
 */
public final class Leftovers {
    private static final int PAGE = 1_000;

    private final CheckpointStore store;
    private final Instant before;
    private final Optional<String> unfinished;

    public Leftovers(CheckpointStore store, Instant before) {
        this.store = store;
        this.before = before;
        this.unfinished = store.read()
                .checkpoint()
                .map(checkpoint -> checkpoint.run())
                .filter(run -> run.status() != RunStatus.DONE)
                .map(RunState::id);
    }

    /**
     * How much there is.
     *
     * @param bytes of the dead letters' texts
     */
    public record Size(long starts, long letters, long bytes) {
        public static Size none() {
            return new Size(0, 0, 0);
        }

        public boolean isNothing() {
            return starts == 0 && letters == 0;
        }

        public Size plus(Size more) {
            return new Size(starts + more.starts, letters + more.letters, bytes + more.bytes);
        }
    }

    public Size size() {
        long starts = new RunHistory(store).read().stream().filter(this::isOld).count();
        Size current = size(store::deadLetters);
        Size former = size(store::formerDeadLetters);
        return new Size(starts, 0, 0).plus(current).plus(former);
    }

    private Size size(Pages pages) {
        Size size = Size.none();
        long skip = 0;
        List<DeadLetter> page = pages.read(skip, PAGE);
        while (!page.isEmpty()) {
            List<DeadLetter> old = old(page);
            size = size.plus(new Size(
                    0, old.size(), old.stream().mapToLong(Leftovers::bytes).sum()));
            skip += page.size();
            page = pages.read(skip, PAGE);
        }
        return size;
    }

    /** Removes them, as the owner, so that no run is in progress. */
    public void remove(Lease lease) {
        new RunHistory(store).forget(this::isOld);
        remove(lease, store::deadLetters);
        remove(lease, store::formerDeadLetters);
    }

    private void remove(Lease lease, Pages pages) {
        long skip = 0;
        List<DeadLetter> page = pages.read(skip, PAGE);
        while (!page.isEmpty()) {
            List<DeadLetter> old = old(page);
            store.removeDeadLetters(lease, old);
            skip += page.size() - old.size();
            page = pages.read(skip, PAGE);
        }
    }

    /** Dead letters of this run, or those of former ones. */
    @FunctionalInterface
    private interface Pages {
        List<DeadLetter> read(long skip, int most);
    }

    private boolean isOld(RunRecord start) {
        Instant last = start.ended().orElse(start.started());
        return last.isBefore(before) && !unfinished.equals(Optional.of(start.run()));
    }

    private List<DeadLetter> old(List<DeadLetter> page) {
        return page.stream()
                .filter(letter -> letter.at().isBefore(before) && !unfinished.equals(Optional.of(letter.run())))
                .toList();
    }

    private static long bytes(DeadLetter letter) {
        return (letter.payload() + letter.error() + letter.key()).getBytes(StandardCharsets.UTF_8).length;
    }
}
