package dev.backfill.typesense.schema

import dev.backfill.connector.Diagnostic
import dev.backfill.connector.TransientFailure
import dev.backfill.typesense.Connecting
import dev.backfill.typesense.FaultServer
import spock.lang.AutoCleanup
import spock.lang.Specification

class InspectionSpec extends Specification {
    static final String COLLECTION = FaultServer.answer(200, '{"name":"products","num_documents":7,"fields":[]}')
    static final String WELL = FaultServer.answer(200, '{"ok":true}')
    static final String VERSION = FaultServer.answer(200, '{"state":1,"version":"27.1"}')
    static final String DISK = FaultServer.answer(200, '{"system_disk_total_bytes":"200000000000","system_disk_used_bytes":"50000000000"}')
    static final String NO_DISK = FaultServer.answer(401, '{"message":"Forbidden"}')

    @AutoCleanup
    FaultServer server

    List<Diagnostic> findings(String... answers) {
        server = new FaultServer(answers)
        new Inspection(Connecting.to(Connecting.endpoint(server.port)), 'products').findings { [Diagnostic.warning('a field')] }
    }

    def 'what is to be said of the fields comes first, then the facts'() {
        expect:
        findings(COLLECTION, WELL, VERSION, DISK) == [
                Diagnostic.warning('a field'),
                Diagnostic.info('products has 7 documents'),
                Diagnostic.info("the server is Typesense 27.1 at http://127.0.0.1:$server.port"),
                Diagnostic.info("150.0 of 200.0 GB of the disk at http://127.0.0.1:$server.port are free")]
        server.requests*.takeWhile { it != '?' } == ['GET /collections/products HTTP/1.1', 'GET /health HTTP/1.1', 'GET /debug HTTP/1.1',
                                                          'GET /metrics.json HTTP/1.1']
    }

    def 'a server that is not well is warned of'() {
        given:
        def ill = FaultServer.answer(503, '{"ok":false,"resource_error":"OUT_OF_DISK"}')

        expect:
        findings(COLLECTION, ill, VERSION, NO_DISK)[1].with {
            severity() == Diagnostic.Severity.WARNING && text().contains('OUT_OF_DISK') && text().endsWith('before a run')
        }
    }

    def 'a disk that is nearly full is warned of'() {
        given:
        def full = FaultServer.answer(200, '{"system_disk_total_bytes":"200000000000","system_disk_used_bytes":"199000000000"}')

        expect:
        findings(COLLECTION, WELL, VERSION, full).last().with { severity() == Diagnostic.Severity.WARNING && text().contains('1.0 of 200.0 GB') }
    }

    def 'a key that may not ask for the version is good enough: #answer'() {
        expect:
        findings(COLLECTION, WELL, answer, NO_DISK).last() == Diagnostic.info("the server is Typesense at http://127.0.0.1:$server.port")

        where:
        answer << [FaultServer.answer(401, '{"message":"Forbidden"}'), FaultServer.answer(200, 'oops')]
    }

    def 'what stands in the way of any run is a problem'() {
        given:
        def found = findings(FaultServer.answer(401, '{"message":"Forbidden"}'))

        expect:
        found*.severity() == [Diagnostic.Severity.PROBLEM]
        found[0].text().contains('check TYPESENSE_API_KEY')
    }

    def 'what may go away is left to whoever asks'() {
        when:
        findings(FaultServer.answer(503, ''))

        then:
        thrown TransientFailure
    }

    def 'fields that nobody can search by, or that would stand beside an object, are warned of'() {
        given:
        def nested = new Schema('products', [field('name'), field('size')], true)
        def open = new Schema('products', [field('.*')], false)

        expect:
        nested.warnings(['id', 'name', 'ensured'], ['ensured'] as Set) == []
        nested.warnings(['other', 'size.width'], [] as Set)*.text()*.takeWhile { it != ';' } == [
                "products has no field 'other', so that nobody can search by it",
                "'size.width' will be kept next to the object 'size' of products, not in it"]
        open.warnings(['other', 'size.width'], [] as Set) == []
    }

    static SchemaField field(String name) {
        new SchemaField(name, 'string', [] as Set)
    }
}
