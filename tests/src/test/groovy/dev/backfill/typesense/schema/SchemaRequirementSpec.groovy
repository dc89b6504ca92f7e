package dev.backfill.typesense.schema

import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers

class SchemaRequirementSpec extends SchemaRequirementContract {
    @Override
    SearchServer getServer() {
        SearchServers.standIn
    }
}
