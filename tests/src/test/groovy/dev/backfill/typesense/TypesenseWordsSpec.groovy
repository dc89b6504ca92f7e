package dev.backfill.typesense

import dev.backfill.connector.Cursor
import dev.backfill.plan.Settings
import dev.backfill.plan.WordProvider
import spock.lang.Specification

class TypesenseWordsSpec extends Specification {
    static final Map<String, String> REQUIRED =
            [TYPESENSE_HOST: 'search', TYPESENSE_PORT: '8108', TYPESENSE_API_KEY: 'top-secret']

    static Settings settings(Map<String, String> more = [:]) {
        new Settings(REQUIRED + more)
    }

    static TypesenseWords.Typesense typesense(Settings settings) {
        new TypesenseProvider().create(settings).typesense()
    }

    def 'the words are found by the service loader'() {
        expect:
        ServiceLoader.load(WordProvider)*.words().contains(TypesenseWords)
    }

    def 'the server is read from the variables'() {
        given:
        def settings = settings(TYPESENSE_PROTOCOL: 'https', TYPESENSE_CONNECTION_TIMEOUT: '2.5', TYPESENSE_CA_FILE: '/etc/ca.pem')
        def endpoint = typesense(settings).endpoint()

        expect:
        settings.problems() == []
        endpoint.address() == 'https://search:8108'
        endpoint.timeout().toMillis() == 2500
        endpoint.authorities().get().toString() == '/etc/ca.pem'
        endpoint.key().reveal() == 'top-secret'
        !endpoint.toString().contains('top-secret')
    }

    def 'http and ten seconds are the defaults'() {
        expect:
        with(typesense(settings()).endpoint()) {
            address() == 'http://search:8108'
            timeout().toSeconds() == 10
            authorities().empty
        }
    }

    def 'all that is missing or malformed is told at once'() {
        given:
        def settings = new Settings(TYPESENSE_PORT: port, TYPESENSE_PROTOCOL: 'ftp')

        when:
        typesense(settings)

        then:
        settings.problems() == [
                'missing variables: TYPESENSE_HOST, TYPESENSE_API_KEY; set them in the environment or in a file .env',
                'TYPESENSE_PROTOCOL must be http or https, but is \'ftp\'',
                told]

        where:
        port    || told
        'x'     || "TYPESENSE_PORT must be a whole number of at least 1, but is 'x'"
        '70000' || "TYPESENSE_PORT must be at most 65535, but is '70000'"
    }

    def 'what is described has a title for messages'() {
        given:
        def search = typesense(settings()).collection('products_search')

        expect:
        search.documents('id').title() == 'products_search in Typesense'
        search.update('created_at').title() == 'products_search in Typesense'
        search.int64('created_at', 'deleted_at').optional().indexed().sortable().stored().title() ==
                'the fields created_at, deleted_at of products_search in Typesense'
        search.string('brand').title() == 'the field brand of products_search in Typesense'
    }

    def 'a documented checkpoint shows the number of the page to read next'() {
        given:
        def source = typesense(settings()).collection('products_search').documents('id')

        expect:
        source.shown(Cursor.start()) == 1
        source.shown(Cursor.after('7')) == 7
    }
}
