package dev.backfill.sandbox.typesense

import spock.lang.Specification

import java.time.Instant

/** What the connector and the sandbox rely on; the real server and the stand-in both keep it. */
abstract class TypesenseContract extends Specification {
    static final List<Map> FIELDS = [
            [name: 'name', type: 'string'],
            [name: 'stock', type: 'int64', optional: true],
            [name: 'tags', type: 'string[]', optional: true]]

    abstract SearchServer getServer()

    @Delegate
    TypesenseApi api = new TypesenseApi(server)

    String products

    def setup() {
        products = collection(FIELDS)
    }

    List<Map> exportBy(String filter) {
        export(products, '?filter_by=' + URLEncoder.encode(filter, 'UTF-8'))
    }

    def cleanup() {
        apiKey = server.apiKey()
        send('DELETE', "/collections/$products")
    }

    def 'is healthy without a key'() {
        expect:
        json('GET', '/health') == [ok: true]
    }

    def 'a collection tells its fields and how many documents it has'() {
        when:
        importAll(products, 'create', [[id: 'a', name: 'A'], [id: 'b', name: 'B']])
        def collection = json('GET', "/collections/$products")

        then:
        collection.name == products
        collection.num_documents == 2
        collection.fields*.name == ['name', 'stock', 'tags']
        collection.fields*.type == ['string', 'int64', 'string[]']
        collection.fields*.optional == [false, true, true]
        collection.fields*.index == [true, true, true]
        collection.fields*.sort == [false, true, false]
    }

    def 'every request needs the key'() {
        given:
        apiKey = 'wrong'

        expect:
        error(method, path.replace('NAME', products)) ==
                '401 Forbidden - a valid `x-typesense-api-key` header must be sent.'

        where:
        method  | path
        'GET'   | '/collections/NAME'
        'PATCH' | '/collections/NAME'
        'POST'  | '/collections/NAME/documents/import?action=update'
        'GET'   | '/collections/NAME/documents/export'
    }

    def 'an unknown collection is 404, whatever is asked of it'() {
        expect:
        send(method, path, body).statusCode() == 404

        where:
        method   | path                                              | body
        'GET'    | '/collections/none'                               | ''
        'DELETE' | '/collections/none'                               | ''
        'PATCH'  | '/collections/none'                               | '{"fields":[{"name":"x","type":"int64","optional":true}]}'
        'POST'   | '/collections/none/documents/import?action=update' | '{"id":"a"}'
        'GET'    | '/collections/none/documents/export'              | ''
        'GET'    | '/collections/none/documents/search?q=*'          | ''
        'GET'    | '/collections/none/documents/a'                   | ''
    }

    def 'an import answers each document in a line of its own'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A']])

        when:
        def answers = importAll(products, 'update', [
                [id: 'a', stock: 1], [id: 'none', stock: 1], [id: 'a', stock: 'x'], [id: 'a', name: null], [stock: 1],
                [id: 5, stock: 1], [id: 'a', tags: [1]], [id: 'a', stock: 1.5]])

        then:
        answers*.success == [true, false, false, false, false, false, false, false]
        answers.tail()*.code == [404] + [400] * 6
        answers.tail()*.error == [
                'Could not find a document with id: none',
                'Field `stock` must be an int64.',
                'Field `name` must be a string.',
                'For update, the `id` key must be provided.',
                "Document's `id` field should be a string.",
                'Field `tags` must be an array of string.',
                'Field `stock` must be an int64.']
        answers[1].document == '{"id":"none","stock":1}'
    }

    def 'a line that is no document is refused alone'() {
        when:
        def answers = importText(products, 'create', '{"id":"a","name":"A"}\nbad\n["x"]\n\n{"id":"b","name":"B"}\n')

        then:
        answers*.success == [true, false, false, true]
        answers[1].code == 400
        answers[1].error.startsWith('Bad JSON')
        answers[2].error == 'Bad JSON: not a properly formed document.'
    }

    def 'an update changes the given fields, and null takes an optional one away'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A', stock: 5, other: 'x']])

        when:
        importAll(products, 'update', [change + [id: 'a']])

        then:
        json('GET', "/collections/$products/documents/a") == result

        where:
        change         || result
        [stock: 6]     || [id: 'a', name: 'A', stock: 6, other: 'x']
        [stock: null]  || [id: 'a', name: 'A', other: 'x']
        [extra: true]  || [id: 'a', name: 'A', stock: 5, other: 'x', extra: true]
        [other: null]  || [id: 'a', name: 'A', stock: 5]
    }

    def 'create, upsert and emplace differ as documented'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A', stock: 5]])

        expect:
        importAll(products, 'create', [[id: 'a', name: 'B'], [id: 'c']])*.code == [409, 400]
        importAll(products, 'upsert', [[id: 'a', name: 'B']])*.success == [true]
        importAll(products, 'emplace', [[id: 'a', stock: 7], [id: 'b', name: 'B']])*.success == [true, true]
        export(products) == [[id: 'a', name: 'B', stock: 7], [id: 'b', name: 'B']]
    }

    def 'numbers keep every digit'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A', stock: Long.MAX_VALUE], [id: 'b', name: 'B', stock: Long.MIN_VALUE]])

        expect:
        export(products)*.stock == [Long.MAX_VALUE, Long.MIN_VALUE]
    }

    def 'ids may hold anything'() {
        given:
        def ids = ['ü/ "q\\ %2F?&#', 'tab\there\nline', ' ', '😀', '1']
        importAll(products, 'create', ids.collect { [id: it, name: 'A'] })

        expect:
        importAll(products, 'update', ids.collect { [id: it, stock: 1] })*.success == [true] * ids.size()
        export(products, '?include_fields=id,stock') == ids.collect { [id: it, stock: 1] }
    }

    def 'an export keeps the order of insertion, whatever is updated or deleted'() {
        given:
        importAll(products, 'create', ('a'..'j').collect { [id: it, name: it] })

        when:
        importAll(products, 'update', [[id: 'b', stock: 1], [id: 'h', name: 'z']])
        send('DELETE', "/collections/$products/documents/d")
        importAll(products, 'create', [[id: 'aa', name: 'A']])

        then:
        export(products)*.id == ('a'..'j').toList() - 'd' + 'aa'
    }

    def 'an export leaves out absent fields, and ends without a line break'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A', stock: 1], [id: 'b', name: 'B']])

        expect:
        send('GET', "/collections/$products/documents/export?include_fields=id,stock").body() ==
                '{"id":"a","stock":1}\n{"id":"b"}'
        export(products, '?filter_by=stock:%3C2') == [[id: 'a', name: 'A', stock: 1]]
    }

    def 'an empty collection exports nothing'() {
        expect:
        send('GET', "/collections/$products/documents/export").body() == ''
    }

    def 'answers come in chunks, so that a cut can be told from the end'() {
        expect:
        send('GET', "/collections/$products/documents/export").headers().firstValue('transfer-encoding').get() == 'chunked'
    }

    def 'a PATCH adds fields, and refuses what is there or does not fit'() {
        given:
        importAll(products, 'create', [[id: 'a', name: 'A', extra: 5]])

        expect:
        send('PATCH', "/collections/$products", '{"fields":[{"name":"added","type":"int64","optional":true,"sort":true,"store":true}]}').statusCode() == 200
        json('GET', "/collections/$products").fields.last().subMap('name', 'type', 'optional', 'sort', 'index') ==
                [name: 'added', type: 'int64', optional: true, sort: true, index: true]
        error('PATCH', "/collections/$products", '{"fields":[{"name":"added","type":"int64","optional":true}]}') ==
                '400 Field `added` is already part of the schema: To change this field, drop it first before adding it back to the schema.'
        error('PATCH', "/collections/$products", '{"fields":[{"name":"other","type":"int64"}]}')
                .startsWith('400 Field `other` has been declared in the schema, but is not found in the documents already present')
        error('PATCH', "/collections/$products", '{"fields":[{"name":"extra","type":"string","optional":true}]}')
                .startsWith('400 Schema change is incompatible with the type of documents already stored')
        json('GET', "/collections/$products").fields*.name == ['name', 'stock', 'tags', 'added']
    }

    def 'an emplaced document without its required field blocks every PATCH until it is gone'() {
        given:
        importAll(products, 'emplace', [[id: 'a']])
        def patch = '{"fields":[{"name":"added","type":"int64","optional":true}]}'

        expect:
        send('PATCH', "/collections/$products", patch).statusCode() == 400
        send('DELETE', "/collections/$products/documents/a").statusCode() == 200
        send('PATCH', "/collections/$products", patch).statusCode() == 200
    }

    def 'documents are found by their ids, in the order of insertion: #filter'() {
        given:
        importAll(products, 'create', ['a', 'b', 'c', '1', 'AbC', '-1', 'none'].collect { [id: it, name: 'A'] })

        expect:
        exportBy(filter)*.id == ids

        where:
        filter                  || ids
        'id:[b,a]'              || ['a', 'b']
        'id:[`b`,`a`]'          || ['a', 'b']
        'id:=[`b`, x, a]'       || ['a', 'b']
        'id:[1,AbC,-1]'         || ['1', 'AbC', '-1']
        'id:[`nowhere`]'        || []
        'id:`b`'                || ['b']
        'id:[a,b] && id:[b,c]'  || ['b']
    }

    def 'a filter names any id between backticks, unless it has one of its own, or a blank or a backslash at its end'() {
        given:
        def odd = ['a,b', 'a b', 'a\tb', 'a\nb', '[a]', ']', '(a)', 'a && b', 'a||b', 'id:=x', '!=a', '>5', '"q"', "'", 'a\\b', 'ü',
                   '😀', '%2F', '?&#', '*', ',', 'x' * 300, '/', '..', 'null', '\u00a0']
        importAll(products, 'create', (odd + ['a', ' a', '\\', 'a`b', ' ']).collect { [id: it, name: 'A'] })

        expect:
        odd.every { exportBy("id:[`$it`]")*.id == [it] }
        exportBy("id:[${odd.collect { "`$it`" }.join(',')}]")*.id == odd
        exportBy(wrong)*.id == found

        where:
        wrong          || found
        'id:[` a`]'    || ['a']
        'id:[` `]'     || []
        'id:[`\\`]'    || []
        'id:[`a`b`]'   || []
    }

    def 'an export takes a filter of many thousands of characters'() {
        given:
        importAll(products, 'create', (1..3000).collect { [id: "id-$it".toString(), name: 'A'] })

        expect:
        exportBy("id:[${(1..3000).collect { "id-$it" }.join(',')}]").size() == 3000
    }

    def 'a collection tells when it was made, and the server which version it is'() {
        expect:
        Math.abs(json('GET', "/collections/$products").created_at - Instant.now().epochSecond) < 60
        json('GET', '/debug').version ==~ /\d+\..*/
    }

    def 'a search for all filters and sorts by whole numbers, page by page'() {
        given:
        importAll(products, 'create', (1..5).collect { [id: "$it".toString(), name: 'A', stock: it] } + [[id: 'none', name: 'A']])

        when:
        def answer = json('GET', "/collections/$products/documents/search?q=*&filter_by=stock:%3E1&sort_by=stock:$order&per_page=2&page=2")

        then:
        answer.found == 4
        answer.out_of == 6
        answer.hits*.document*.id == ids

        where:
        order  || ids
        'asc'  || ['4', '5']
        'desc' || ['3', '2']
    }

    def 'a search refuses pages that are too long, or start at 0'() {
        expect:
        error('GET', "/collections/$products/documents/search?q=*&per_page=251") ==
                '422 Only upto 250 hits can be fetched per page.'
        error('GET', "/collections/$products/documents/search?q=*&page=0") ==
                '422 Page must be an integer of value greater than 0.'
        send('GET', "/collections/$products/documents/search?q=*&filter_by=none:%3C1").statusCode() == 404
    }

    def 'documents can be deleted by a filter'() {
        given:
        importAll(products, 'create', (1..5).collect { [id: "$it".toString(), name: 'A', stock: it] })

        expect:
        json('DELETE', "/collections/$products/documents?filter_by=stock:%3C4") == [num_deleted: 3]
        export(products)*.id == ['4', '5']
        error('GET', "/collections/$products/documents/1") == '404 Could not find a document with id: 1'
    }
}
