package dev.backfill.typesense.documents

import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers

class DocumentSourceSpec extends DocumentSourceContract {
    @Override
    SearchServer getServer() {
        SearchServers.standIn
    }
}
