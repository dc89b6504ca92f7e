package dev.backfill.scripts

import dev.backfill.fault.FullCheck
import dev.backfill.sandbox.typesense.SearchServers
import spock.lang.Requires

/** With the stand-in, where the other spec has Typesense's own server. */
@Requires(value = { FullCheck.asked && SearchServers.realPresent }, reason = FullCheck.HOW)
class ValidateStandInSpec extends ValidateContract {
    @Override
    InventorySandbox filled() {
        InventorySandbox.filled(size(), [:])
    }

    @Override
    int size() {
        100_000
    }
}
