package dev.backfill.checkpoint


import dev.backfill.fake.FakeTime

import java.time.Duration
import java.time.Instant

class MemoryStoreSpec extends CheckpointStoreContract {
    def time = new FakeTime(Instant.parse('2026-11-23T12:00:00Z'))
    def stores = [:].withDefault { new MemoryStore(time) }

    @Override
    CheckpointStore openHandle(String document) {
        stores[document] as CheckpointStore
    }

    @Override
    void age(String document, Duration by) {
        time.pass(by)
    }

    @Override
    boolean getShared() {
        false
    }

    @Override
    List<String> leaveForeign(String document) {
        []
    }

    @Override
    Map<String, Object> visibleFields(String document) {
        openHandle(document).read().checkpoint().map { it.fields() }.orElse([:])
    }
}
