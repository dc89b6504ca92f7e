package dev.backfill.letter

import dev.backfill.connector.Row
import spock.lang.Specification

class PayloadSpec extends Specification {
    def "the value of the column #name is hidden in the payload and in the error"() {
        given:
        def record = Row.of([id: 7, (name): 'hunter2'])

        expect:
        Payload.of(record) == """{"id":7,"$name":"(hidden)"}"""
        Payload.withoutSecrets('value "hunter2" is too long', record) == 'value "(hidden)" is too long'

        where:
        name << ['token', 'access_token', 'accessToken', 'accesstoken', 'api_token', 'refreshTokens', 'auth', 'auth_code', 'oauth_token',
                 'bearer', 'jwt', 'JWT', 'userJWT', 'pass', 'db_pass', 'password', 'user_passwd', 'passphrase', 'pwd', 'otp', 'otp1', 'session',
                 'session_id', 'sessionid', 'cookie', 'set-cookie', 'pin', 'PIN', 'card_pin', 'secret', 'client_secret', 'api_key', 'apiKey',
                 'private_key', 'credentials', 'authorization', 'Authorization', 'csrf', 'cvv']
    }

    def "the column #name is shown"() {
        expect:
        Payload.of(Row.of([(name): 'x'])) == """{"$name":"x"}"""

        where:
        name << ['author', 'author_id', 'shipping', 'passenger', 'compass', 'opinion', 'pinned', 'spin', 'key', 'key_id', 'authored_at', 'topic',
                 'passed', 'passport_country', 'possession', 'sidebar']
    }

    def "secrets inside a value are hidden at any depth, also in JSON that is a text"() {
        given:
        def record = Row.of([id: 1, profile: [name: 'a', tokens: ['x1', 'x2'], nested: [[jwt: 'abc', kept: 1]]],
                             raw: '{"auth": "s3\\"cret", "pin":1234, "kept": [1, {"token":"t"}]}', url: 'https://h/p?page=2&api_token=abc&x=1'])

        expect:
        Payload.of(record) == '{"id":1,"profile":{"name":"a","tokens":"(hidden)","nested":[{"jwt":"(hidden)","kept":1}]},' +
                '"raw":"{\\"auth\\": \\"(hidden)\\", \\"pin\\":\\"(hidden)\\", \\"kept\\": [1, {\\"token\\":\\"(hidden)\\"}]}",' +
                '"url":"https://h/p?page=2&api_token=(hidden)&x=1"}'

        when:
        Payload.fields(Payload.of(record))

        then:
        def missing = thrown IllegalArgumentException
        missing.message == 'a secret was left out of the dead letter'
    }

    def "a JSON text that was cut off hides what there is of a secret"() {
        expect:
        Payload.withoutSecrets('{"id": 1, "jwt": "eyJhbGci') == '{"id": 1, "jwt": "(hidden)"'
    }

    def "a short secret hides only itself, not every digit of the message"() {
        expect:
        Payload.withoutSecrets('row 1001: pin (1) must have 4 digits', Row.of([pin: '1'])) == 'row 1001: pin ((hidden)) must have 4 digits'
    }

    def "a long text without an end is looked through in a moment"() {
        expect:
        Payload.withoutSecrets('{"a":"' + text) == '{"a":"' + text
        Payload.withoutSecrets('{"jwt":"' + text) == '{"jwt":"(hidden)"'

        where:
        text << ['\\\\' * 1_000_000, 'x\\"' * 500_000, 'x' * 2_000_000]
    }

    def "a record without secrets comes back from its payload as it was"() {
        given:
        def record = Row.of([id: 1L, name: 'a=b', tags: ['x', 'y'], profile: [kept: 'z']])

        expect:
        Row.of(Payload.fields(Payload.of(record))) == record
    }
}
