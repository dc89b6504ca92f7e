package dev.backfill.connector;

import java.util.List;

/** Reports for what the sessions of backfills wait there. Thread-safe; works while all connections of a run are in use. */
public interface Lockable {
    List<LockWait> lockWaits();
}
