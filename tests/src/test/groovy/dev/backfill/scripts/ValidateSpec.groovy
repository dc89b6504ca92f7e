package dev.backfill.scripts

import dev.backfill.fault.FullCheck

/** With Typesense's own server where it is present. */
class ValidateSpec extends ValidateContract {
    @Override
    InventorySandbox filled() {
        InventorySandbox.filled(size())
    }

    @Override
    int size() {
        FullCheck.asked ? 100_000 : 3_000
    }
}
