package dev.backfill.dsl.reference

import dev.backfill.dsl.shop.ShopWords
import dev.backfill.dsl.word.Catalog
import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

class WordReferenceSpec extends Specification {
    private static final Path PAGE = Path.of('../docs/words.md')

    def "the page in docs is what the annotations say"() {
        given:
        def catalog = Catalog.read([getClass().classLoader])
        def page = WordReference.of(catalog, type -> !type.name.startsWith(ShopWords.packageName))

        when: 'it is stale: mvn -pl tests -am test -Dtest=WordReferenceSpec -Dsurefire.failIfNoSpecifiedTests=false -Dwords.write=true'
        if (System.getProperty('words.write') == 'true') {
            Files.writeString(PAGE, page)
        }

        then:
        Files.readString(PAGE) == page
    }

    def "every word is described in a sentence"() {
        expect:
        Catalog.read([getClass().classLoader]).all().every { words ->
            words.names().every { name -> words.descriptions(name).every { it.value() ==~ /(?s)[A-Z].*[.]/ } }
        }
    }

    def "words of blocks have a line to copy"() {
        expect:
        Catalog.read([getClass().classLoader]).all().findAll { it.block }.every { words ->
            words.names().every { name -> words.example(name).present }
        }
    }
}
