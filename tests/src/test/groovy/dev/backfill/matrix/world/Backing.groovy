package dev.backfill.matrix.world

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import groovy.transform.CompileStatic

/** What a world stands on: where its checkpoint is kept, and the table that its transactional sink writes. */
interface Backing extends AutoCloseable {
    CheckpointStore store()

    Target table()

    /** True if the table and the checkpoint change in one transaction. */
    boolean isShared()

    /** Lets the lease grow so old that it has expired, where the world's clock does not decide. */
    void expire()

    @Override
    void close()
}

/** All in memory; the checkpoint in the database of the table, or beside it. */
@CompileStatic
class MemoryBacking implements Backing {
    private final MemoryDatabase database = new MemoryDatabase()
    private final CheckpointStore store
    private final Target table
    final boolean shared

    MemoryBacking(CommonClock clock, boolean shared) {
        this.shared = shared
        MemoryStore memory = new MemoryStore(clock)
        this.store = shared ? new MemoryDatabaseStore(memory, database) : memory
        this.table = new MemoryTable(database, !shared)
    }

    CheckpointStore store() { store }

    Target table() { table }

    @Override
    void expire() { }

    @Override
    void close() { }
}
