package dev.backfill.typesense.documents

import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers

class DocumentSinkSpec extends DocumentSinkContract {
    @Override
    SearchServer getServer() {
        SearchServers.standIn
    }
}
