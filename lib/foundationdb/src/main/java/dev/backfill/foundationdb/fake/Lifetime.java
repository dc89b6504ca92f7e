package dev.backfill.foundationdb.fake;

import com.apple.foundationdb.FDBException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;

/** How long a transaction has lived, how much it has read, and when that is too much. Used by one thread at a time. */
@NullUnmarked
final class Lifetime {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 10_000_000;
    private static final int TIMEOUT_OPTION = 500;

    private final FakeDatabase database;
    private final long created;
    private Duration timeout = Duration.ofDays(1);
    private boolean reading;
    private long began;
    private long bytes;

    Lifetime(FakeDatabase database) {
        this.database = database;
        this.created = database.nanos();
    }

    /** The only option that makes a difference here. */
    void option(int code, byte[] parameter) {
        if (code == TIMEOUT_OPTION) {
            timeout = Duration.ofMillis(
                    ByteBuffer.wrap(parameter).order(ByteOrder.LITTLE_ENDIAN).getLong());
        }
    }

    /** Its first read fixes what it sees. */
    boolean begins() {
        boolean first = !reading;
        if (first) {
            reading = true;
            began = database.nanos();
        }
        return first;
    }

    void again() {
        reading = false;
        bytes = 0;
    }

    void read(byte[] key, byte[] value) {
        database.charge();
        bytes += key.length + (value == null ? 0 : value.length);
    }

    /** As the client throws it, if the transaction cannot continue. */
    void check() {
        if (database.isSilent()) {
            database.pass(timeout);
            throw FakeError.timedOut();
        }
        checkTimeout();
        FDBException fault = database.fault();
        if (fault != null) {
            throw fault;
        } else if (reading && database.nanos() - began > LONGEST.toNanos()) {
            throw FakeError.tooOld();
        } else if (bytes > MOST_BYTES) {
            throw FakeError.tooLarge();
        }
    }

    void checkTimeout() {
        if (database.nanos() - created > timeout.toNanos()) {
            throw FakeError.timedOut();
        }
    }
}
