package dev.backfill.sandbox.typesense

import spock.lang.Requires

@Requires(value = { SearchServers.realPresent }, reason = SearchServers.NO_SERVER)
class TypesenseProcessSpec extends TypesenseContract {
    @Override
    SearchServer getServer() {
        SearchServers.real
    }

    def 'a server that cannot start says why, and leaves nothing behind'() {
        when:
        TypesenseProcess.start(java.nio.file.Path.of('/bin/false'), 'k')

        then:
        def e = thrown(IllegalStateException)
        e.message.contains('the process has ended')
    }
}
