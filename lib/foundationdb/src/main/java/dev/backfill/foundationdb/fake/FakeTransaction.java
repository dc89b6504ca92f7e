package dev.backfill.foundationdb.fake;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** Reads what was there when it began, and its own changes, which others see when it commits. Used by one thread at a time. */
@NullUnmarked
final class FakeTransaction extends FakeReads implements Transaction {
    private static final Duration BACKOFF = Duration.ofMillis(10);

    private final FakeDatabase database;
    private final Lifetime life;
    private final List<Consumer<NavigableMap<byte[], byte[]>>> changes = new ArrayList<>();
    private NavigableMap<byte[], byte[]> seen = new TreeMap<>(Arrays::compareUnsigned);

    FakeTransaction(FakeDatabase database) {
        this.database = database;
        this.life = new Lifetime(database);
    }

    /** What the client hands on as a future. */
    static <T> CompletableFuture<T> answer(Supplier<T> answer) {
        try {
            return CompletableFuture.completedFuture(answer.get());
        } catch (FDBException e) {
            return CompletableFuture.failedFuture(e);
        } catch (CompletionException e) {
            return CompletableFuture.failedFuture(e.getCause());
        }
    }

    private NavigableMap<byte[], byte[]> seen() {
        if (life.begins()) {
            seen = database.begin();
            if (!changes.isEmpty()) {
                NavigableMap<byte[], byte[]> own = new TreeMap<>(seen);
                changes.forEach(change -> change.accept(own));
                seen = own;
            }
        }
        return seen;
    }

    @Override
    AsyncIterable<KeyValue> range(byte[] begin, byte[] end, int limit, boolean reverse) {
        NavigableMap<byte[], byte[]> part = Arrays.compareUnsigned(begin, end) >= 0
                ? new TreeMap<>(Arrays::compareUnsigned)
                : seen().subMap(begin, true, end, false);
        return new FakeRange(life, reverse ? part.descendingMap() : part, limit);
    }

    @Override
    byte[] key(KeySelector selector) {
        throw unsupported("key selectors");
    }

    @Override
    public CompletableFuture<byte[]> get(byte[] key) {
        return answer(() -> {
            byte[] value = seen().get(key);
            life.check();
            life.read(key, value);
            return value;
        });
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
        return answer(() -> key(selector));
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
        return answer(() -> {
            seen();
            life.check();
            return database.version();
        });
    }

    @Override
    public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
        return answer(() -> seen().subMap(begin, true, end, false).entrySet().stream()
                .mapToLong(record -> record.getKey().length + record.getValue().length)
                .sum());
    }

    @Override
    public void set(byte[] key, byte[] value) {
        change(records -> records.put(key.clone(), value.clone()));
    }

    @Override
    public void clear(byte[] key) {
        change(records -> records.remove(key));
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
        change(records -> records.subMap(begin, true, end, false).clear());
    }

    @Override
    public void clear(Range range) {
        clear(range.begin, range.end);
    }

    @Override
    @Deprecated
    public void clearRangeStartsWith(byte[] prefix) {
        clear(Range.startsWith(prefix));
    }

    private void change(Consumer<NavigableMap<byte[], byte[]>> change) {
        changes.add(change);
        life.again();
    }

    @Override
    public CompletableFuture<Void> commit() {
        return answer(() -> {
            life.check();
            database.apply(records -> changes.forEach(change -> change.accept(records)));
            changes.clear();
            return null;
        });
    }

    /** The client's rule: what may work later is waited for, then the transaction is as new; anything else comes back. */
    @Override
    public CompletableFuture<Transaction> onError(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        if (!(cause instanceof FDBException known) || !known.isRetryable()) {
            return CompletableFuture.failedFuture(cause);
        }
        return answer(() -> {
            database.pass(BACKOFF);
            life.checkTimeout();
            life.again();
            changes.clear();
            return this;
        });
    }

    @Override
    public TransactionOptions options() {
        return new TransactionOptions(life::option);
    }

    @Override
    public Database getDatabase() {
        return database;
    }

    @Override
    public Executor getExecutor() {
        return database.getExecutor();
    }

    @Override
    public <T> T run(Function<? super Transaction, T> change) {
        return change.apply(this);
    }

    @Override
    public <T> CompletableFuture<T> runAsync(Function<? super Transaction, ? extends CompletableFuture<T>> change) {
        return answer(() -> change.apply(this).join());
    }

    @Override
    public <T> T read(Function<? super ReadTransaction, T> reading) {
        return reading.apply(this);
    }

    @Override
    public <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> reading) {
        return answer(() -> reading.apply(this).join());
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] parameter) {
        throw unsupported("atomic operations");
    }

    @Override
    public CompletableFuture<byte[]> getVersionstamp() {
        throw unsupported("version stamps");
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
        throw unsupported("watches");
    }

    @Override
    public CompletableFuture<Long> getApproximateSize() {
        return CompletableFuture.completedFuture((long) changes.size());
    }

    @Override
    public Long getCommittedVersion() {
        return database.version();
    }

    @Override
    public void setReadVersion(long version) {
        throw unsupported("versions of the past");
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {}

    @Override
    public void addReadConflictKey(byte[] key) {}

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {}

    @Override
    public void addWriteConflictKey(byte[] key) {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
