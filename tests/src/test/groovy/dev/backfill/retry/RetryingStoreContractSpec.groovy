package dev.backfill.retry

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStoreSpec
import dev.backfill.engine.Listening
import dev.backfill.time.StopSignal
import dev.backfill.time.Waiter

/** Retries change nothing about what a store promises. */
class RetryingStoreContractSpec extends MemoryStoreSpec {
    @Override
    CheckpointStore openHandle(String document) {
        RetryingStore.around(super.openHandle(document), new Retry(RetryPolicy.STANDARD, new Waiter(time, new StopSignal()), new Random(7), new Listening()))
    }
}
