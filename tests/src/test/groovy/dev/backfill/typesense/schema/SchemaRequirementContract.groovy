package dev.backfill.typesense.schema

import dev.backfill.connector.FatalFailure
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.TypesenseApi
import dev.backfill.typesense.Connecting
import spock.lang.Specification

import java.util.concurrent.CyclicBarrier

import static dev.backfill.typesense.schema.Trait.INDEXED
import static dev.backfill.typesense.schema.Trait.OPTIONAL
import static dev.backfill.typesense.schema.Trait.SORTABLE
import static dev.backfill.typesense.schema.Trait.STORED

/** What asking for fields does, on whichever server. */
abstract class SchemaRequirementContract extends Specification {
    static final Set<Trait> ALL = Trait.values().toList().toSet()

    abstract SearchServer getServer()

    TypesenseApi api = new TypesenseApi(server)
    String collection

    def cleanup() {
        api.send('DELETE', "/collections/$collection")
    }

    void given(List<Map> fields) {
        collection = api.collection([[name: 'name', type: 'string']] + fields)
        api.importAll(collection, 'create', [[id: 'a', name: 'A', other: 'x'] + fields.findAll { it.type == 'int64' }.collectEntries { [it.name, 1] }])
    }

    SchemaRequirement wanting(List<String> names, String type = 'int64', Set<Trait> traits = ALL) {
        new SchemaRequirement(Connecting.to(server), collection, names.collect { new WantedField(it, type, traits) })
    }

    Map fields() {
        api.json('GET', "/collections/$collection").fields.collectEntries { [it.name, it] }
    }

    def 'missing fields are told, then added, and only those'() {
        given:
        given([[name: 'created_at', type: 'int64', optional: true]])
        def requirement = wanting(['created_at', 'deleted_at'])

        expect:
        requirement.missing() == ["the field deleted_at (int64, optional, indexed, sortable, stored) of $collection"]
        fields().keySet() == ['name', 'created_at'] as Set

        when:
        requirement.provide()

        then:
        requirement.missing() == []
        fields().keySet() == ['name', 'created_at', 'deleted_at'] as Set
        fields().deleted_at.subMap('type', 'optional', 'index', 'sort') == [type: 'int64', optional: true, index: true, sort: true]
        api.export(collection) == [[id: 'a', name: 'A', other: 'x', created_at: 1]]
    }

    def 'twice equals once'() {
        given:
        given([])

        when:
        2.times { wanting(['created_at', 'deleted_at']).provide() }

        then:
        fields().keySet() == ['name', 'created_at', 'deleted_at'] as Set
    }

    def 'two runners that add the same fields at once both find them there'() {
        given:
        given([])
        def together = new CyclicBarrier(2)
        def failures = Collections.synchronizedList([])

        when:
        def runners = (1..2).collect {
            Thread.start {
                def requirement = wanting(['created_at', 'deleted_at'])
                together.await()
                try {
                    requirement.provide()
                } catch (RuntimeException e) {
                    failures << e
                }
            }
        }
        runners*.join()

        then:
        failures == []
        fields().keySet() == ['name', 'created_at', 'deleted_at'] as Set
    }

    def 'a field that is there as something else is an error that names both: #there'() {
        given:
        given([[name: 'created_at', optional: true] + there])
        def before = fields()

        when:
        wanting(['created_at', 'deleted_at']).provide()

        then:
        def e = thrown FatalFailure
        e.message.contains('wanted is created_at (int64, optional, indexed, sortable, stored), but there is created_at (')
        e.message.contains(told)
        e.message.contains('nothing was changed')
        fields() == before

        where:
        there                                      || told
        [type: 'string']                           || '(string, '
        [type: 'int32']                            || '(int32, '
        [type: 'int64', sort: false]               || 'not sortable'
        [type: 'int64', index: false, sort: false] || 'not indexed'
    }

    def 'the contradiction is told before anything is written, when asked what is missing'() {
        given:
        given([[name: 'created_at', type: 'string', optional: true]])

        when:
        wanting(['created_at']).missing()

        then:
        thrown FatalFailure
    }

    def 'only what is asked for is compared: #asked'() {
        given:
        given([[name: 'created_at', type: 'int64', sort: false, optional: false]])

        expect:
        wanting(['created_at'], 'int64', asked as Set).missing() == []

        where:
        asked << [[], [OPTIONAL], [INDEXED], [STORED]]
    }

    def 'a required field that documents lack is refused with the server\'s reason'() {
        given:
        given([])

        when:
        wanting(['created_at'], 'int64', [SORTABLE] as Set).provide()

        then:
        def e = thrown FatalFailure
        e.message.contains('not found in the documents already present in the collection')
    }

    def 'documents that hold something else under the name are a reason to stop'() {
        given:
        given([])

        when:
        wanting(['other']).provide()

        then:
        def e = thrown FatalFailure
        e.message.contains('Schema change is incompatible')
    }

    def 'a collection that is not there is an error'() {
        given:
        given([])

        when:
        new SchemaRequirement(Connecting.to(server), 'none', []).missing()

        then:
        def e = thrown FatalFailure
        e.message.contains("check the collection's name")
    }
}
