package dev.backfill.typesense.schema

import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers
import spock.lang.Requires

@Requires(value = { SearchServers.realPresent }, reason = SearchServers.NO_SERVER)
class RealSchemaRequirementSpec extends SchemaRequirementContract {
    @Override
    SearchServer getServer() {
        SearchServers.real
    }
}
