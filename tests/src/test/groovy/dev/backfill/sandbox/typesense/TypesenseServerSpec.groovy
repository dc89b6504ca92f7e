package dev.backfill.sandbox.typesense

class TypesenseServerSpec extends TypesenseContract {
    @Override
    SearchServer getServer() {
        SearchServers.standIn
    }

    def 'stands in where the real program is not found'() {
        when:
        def server = SearchServer.start([PATH: '/nowhere'], 'k')

        then:
        server.describe() == 'our stand-in for Typesense'
        new TypesenseApi(server).json('GET', '/health') == [ok: true]

        cleanup:
        server.close()
    }
}
