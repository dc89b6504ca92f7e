package dev.backfill.scripts

import groovy.json.JsonOutput

import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.Future

/** An application that deletes products and revives them without an end, first the row and a moment later the document. */
class BusyShop implements AutoCloseable {
    private final InventorySandbox sandbox
    private final Collection<String> ids
    private final threads = Executors.newSingleThreadExecutor()
    private final stop = new CountDownLatch(1)
    private final Future<Integer> writes

    BusyShop(InventorySandbox sandbox, Collection<String> ids) {
        this.sandbox = sandbox
        this.ids = ids
        this.writes = threads.submit({ work() } as Callable<Integer>)
    }

    private int work() {
        int writes = 0
        sandbox.sql { sql ->
            for (int round = 0; stop.count > 0; round++) {
                def deletedAt = round % 2 ? 0 : 1_790_000_000 + round
                ids.each {
                    sql.execute('update products set deleted_at = ? where id = ?', [deletedAt, it])
                    sandbox.update(JsonOutput.toJson([id: it, deleted_at: deletedAt]))
                    writes++
                }
            }
        }
        writes
    }

    /** Ends after the round under way, and tells how many times it wrote. */
    int finish() {
        stop.countDown()
        writes.get()
    }

    @Override
    void close() {
        stop.countDown()
        threads.shutdownNow()
    }
}
