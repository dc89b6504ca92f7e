package dev.backfill.foundationdb.fake;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;

/** The records of a range, read one by one while the transaction lives. */
@NullUnmarked
record FakeRange(Lifetime life, Map<byte[], byte[]> records, int limit) implements AsyncIterable<KeyValue> {
    @Override
    public AsyncIterator<KeyValue> iterator() {
        return new Reading();
    }

    @Override
    public CompletableFuture<List<KeyValue>> asList() {
        return FakeTransaction.answer(() -> {
            life.check();
            List<KeyValue> all = new ArrayList<>();
            iterator().forEachRemaining(all::add);
            return all;
        });
    }

    private final class Reading implements AsyncIterator<KeyValue> {
        private final Iterator<Map.Entry<byte[], byte[]>> left =
                records.entrySet().iterator();
        private int given;

        @Override
        public CompletableFuture<Boolean> onHasNext() {
            return FakeTransaction.answer(() -> {
                life.check();
                return (limit == 0 || given < limit) && left.hasNext();
            });
        }

        @Override
        public boolean hasNext() {
            return onHasNext().join();
        }

        @Override
        public KeyValue next() {
            if (limit > 0 && given == limit) {
                throw new NoSuchElementException();
            }
            Map.Entry<byte[], byte[]> next = left.next();
            given++;
            life.read(next.getKey(), next.getValue());
            return new KeyValue(next.getKey(), next.getValue());
        }

        @Override
        public void cancel() {
            given = Math.max(limit, given);
        }
    }
}
