package dev.backfill.typesense.documents

import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers
import spock.lang.Requires

@Requires(value = { SearchServers.realPresent }, reason = SearchServers.NO_SERVER)
class RealDocumentSourceSpec extends DocumentSourceContract {
    @Override
    SearchServer getServer() {
        SearchServers.real
    }
}
