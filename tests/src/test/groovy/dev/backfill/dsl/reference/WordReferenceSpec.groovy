package dev.backfill.dsl.reference

import dev.backfill.dsl.shop.ShopWords
import dev.backfill.dsl.word.Catalog
import dev.backfill.words.Key
import dev.backfill.words.Keys
import spock.lang.Specification

import java.lang.reflect.Method
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

    def "no heading of the page stands twice, and every link leads to one"() {
        given:
        def text = Files.readString(PAGE)
        def anchors = text.readLines().findAll { it ==~ /#+ .*/ }.collect { it.replaceFirst(/#+ /, '').toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/, '').replace(' ', '-') }

        expect:
        anchors.size() > 150
        anchors.countBy { it }.findAll { it.value > 1 } == [:]
        (text =~ /\]\(#([^)]*)\)/).collect { it[1] } as Set == (anchors - ['words-of-a-script', 'contents']) as Set
    }

    def "every word and every named argument is described in sentences that are not of another one in the same place"() {
        given:
        def all = Catalog.read([getClass().classLoader]).all()
        def keys = all.collectMany { words -> words.names().collectMany { words.methods(it).collectMany { keys(it) } } }

        expect:
        all.every { words -> words.names().every { name -> words.descriptions(name).every { it.value() ==~ /(?s)[A-Z].*[.]/ } } }
        keys.size() > 30
        keys.every { it.value() ==~ /(?s)[A-Z].*[.]/ && !it.example().empty }
        all.every { words -> words.names().every { name -> words.descriptions(name)*.value().toUnique() == words.descriptions(name)*.value() } }
    }

    def "words of blocks have a line to copy"() {
        expect:
        Catalog.read([getClass().classLoader]).all().findAll { it.block }.every { words ->
            words.names().every { name -> words.example(name).present }
        }
    }

    private static List<Key> keys(Method method) {
        method.parameters.collectMany { it.getAnnotation(Keys)?.value()?.toList() ?: [] }
    }
}
