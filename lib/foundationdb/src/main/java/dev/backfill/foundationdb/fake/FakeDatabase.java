package dev.backfill.foundationdb.fake;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Tenant;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullUnmarked;

/**
 * A cluster in memory. Its transactions read what was there when they began, die after 5 seconds of its clock or 10 MB as the
 * real ones do, and fail as a spec wants. Thread-safe.
 */
@NullUnmarked // implements what the client declares without annotations
public final class FakeDatabase implements Database {
    private final LongSupplier nanos;
    private final Consumer<Duration> work;
    private final Deque<FDBException> faults = new ArrayDeque<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong version = new AtomicLong(1);
    private volatile NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    private volatile Duration perRecord = Duration.ZERO;
    private volatile boolean silent;

    /** Reading takes no time but its own. */
    public FakeDatabase(LongSupplier nanos) {
        this(nanos, time -> {});
    }

    /**
     * @param nanos its clock
     * @param work passes time on that clock
     */
    public FakeDatabase(LongSupplier nanos, Consumer<Duration> work) {
        this.nanos = nanos;
        this.work = work;
    }

    /** From now on each record that is read takes so long. */
    public void takes(Duration each) {
        perRecord = each;
    }

    /** From now on nothing is answered: only time-outs end a wait. */
    public void fallSilent() {
        silent = true;
    }

    /** The next reads fail so, one each. */
    public synchronized void fail(FDBException... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** Adds records, however many, at one moment. */
    public synchronized void load(Map<byte[], byte[]> more) {
        NavigableMap<byte[], byte[]> all = new TreeMap<>(records);
        all.putAll(more);
        replace(all);
    }

    /** How many transactions have read so far. */
    public long transactions() {
        return transactions.get();
    }

    /** What is there now. */
    public NavigableMap<byte[], byte[]> records() {
        return Collections.unmodifiableNavigableMap(records);
    }

    synchronized void apply(Consumer<NavigableMap<byte[], byte[]>> change) {
        NavigableMap<byte[], byte[]> all = new TreeMap<>(records);
        change.accept(all);
        replace(all);
    }

    private void replace(NavigableMap<byte[], byte[]> all) {
        records = all;
        version.incrementAndGet();
    }

    long version() {
        return version.get();
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** One more transaction reads. */
    NavigableMap<byte[], byte[]> begin() {
        transactions.incrementAndGet();
        return records;
    }

    void pass(Duration time) {
        work.accept(time);
    }

    void charge() {
        if (!perRecord.isZero()) {
            work.accept(perRecord);
        }
    }

    boolean isSilent() {
        return silent;
    }

    synchronized FDBException fault() {
        return faults.poll();
    }

    @Override
    public Transaction createTransaction(Executor executor) {
        return new FakeTransaction(this);
    }

    @Override
    public Transaction createTransaction(Executor executor, EventKeeper keeper) {
        return createTransaction(executor);
    }

    @Override
    public <T> T run(Function<? super Transaction, T> change, Executor executor) {
        try (Transaction transaction = createTransaction()) {
            while (true) {
                try {
                    T result = change.apply(transaction);
                    transaction.commit().join();
                    return result;
                } catch (RuntimeException e) {
                    transaction.onError(e).join();
                }
            }
        }
    }

    @Override
    public <T> T read(Function<? super ReadTransaction, T> reading, Executor executor) {
        return run(reading, executor);
    }

    @Override
    public <T> CompletableFuture<T> runAsync(
            Function<? super Transaction, ? extends CompletableFuture<T>> change, Executor executor) {
        return CompletableFuture.supplyAsync(
                () -> run(transaction -> change.apply(transaction).join(), executor), executor);
    }

    @Override
    public <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> reading, Executor executor) {
        return runAsync(reading, executor);
    }

    @Override
    public Executor getExecutor() {
        return ForkJoinPool.commonPool();
    }

    @Override
    public DatabaseOptions options() {
        return new DatabaseOptions((code, parameter) -> {});
    }

    @Override
    public double getMainThreadBusyness() {
        return 0;
    }

    @Override
    public Tenant openTenant(Tuple name) {
        throw new UnsupportedOperationException("the stand-in has no tenants");
    }

    @Override
    public Tenant openTenant(byte[] name, Executor executor) {
        return openTenant(Tuple.from(name));
    }

    @Override
    public Tenant openTenant(Tuple name, Executor executor) {
        return openTenant(name);
    }

    @Override
    public Tenant openTenant(byte[] name, Executor executor, EventKeeper keeper) {
        return openTenant(Tuple.from(name));
    }

    @Override
    public Tenant openTenant(Tuple name, Executor executor, EventKeeper keeper) {
        return openTenant(name);
    }

    @Override
    public void close() {}
}
