package dev.backfill.dsl.value

import spock.lang.Specification
import spock.lang.Unroll

class TextsSpec extends Specification {
    private static final UUID ID = UUID.fromString('0f8fad5b-d9cb-469f-a165-70867728950e')

    def "a text is a text, and nothing stays nothing"() {
        expect:
        Texts.text('a') == 'a'
        Texts.text("${1}").class == String
        Texts.text(null) == null
        Texts.withoutAccents(null) == null
        Texts.uuid(null) == null
    }

    def "what is no text is refused"() {
        when:
        Texts.text(5)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "not a text, but Integer: '5'"
    }

    def "letters lose their accents and nothing else"() {
        expect:
        Texts.withoutAccents('Ñuñoa Santiagó, çà ß 東') == 'Nunoa Santiago, ca ß 東'
    }

    @Unroll("slug of #text")
    def "a slug has letters and digits, one separator between words, and is never empty"() {
        expect:
        Texts.slug(text, separator, 'other') == slug

        where:
        text                          | separator || slug
        'AMPLIFICA SANTIAGO-CENTRO 2' | '_'       || 'amplifica_santiago_centro_2'
        ' Depósito -  Norte__(1) '    | '-'       || 'deposito-norte-1'
        'Ñuñoa & Co.'                 | '_'       || 'nunoa_co'
        'a - b'                       | '$'       || 'a$b'
        '東'                          | '_'       || 'other'
        ' -_ '                        | '_'       || 'other'
        ''                            | '_'       || 'other'
        null                          | '_'       || 'other'
    }

    @Unroll("#value")
    def "a uuid is read from each of its forms"() {
        expect:
        Texts.uuid(value) == ID

        where:
        value << [ID, ID.toString(), ID.toString().toUpperCase(), " $ID ",
                  [0x0f, 0x8f, 0xad, 0x5b, 0xd9, 0xcb, 0x46, 0x9f, 0xa1, 0x65, 0x70, 0x86, 0x77, 0x28, 0x95, 0x0e] as byte[]]
    }

    @Unroll("#value")
    def "what is no uuid is refused"() {
        when:
        Texts.uuid(value)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith('cannot be read as a uuid: ')

        where:
        value << ['1-1-1-1-1', 'x', 5, [1, 2] as byte[]]
    }
}
