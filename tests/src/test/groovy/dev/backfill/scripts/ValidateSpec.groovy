package dev.backfill.scripts

import dev.backfill.fault.FullCheck
import dev.backfill.sandbox.typesense.SearchServers

/** With Typesense's own server where it is present: with few rows there, for it takes five minutes for as many as the stand-in. */
class ValidateSpec extends ValidateContract {
    @Override
    InventorySandbox filled() {
        InventorySandbox.filled(size())
    }

    @Override
    int size() {
        FullCheck.asked && !SearchServers.realPresent ? 100_000 : 3_000
    }
}
