package dev.backfill.docs

import dev.backfill.dsl.Scripts
import dev.backfill.dsl.shop.ShopWords
import dev.backfill.dsl.word.Catalog
import dev.backfill.dsl.word.Vocabulary
import dev.backfill.words.Keys
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** Every Groovy example in the documentation, and every example of a word, passes the checker of scripts. */
class ExamplesSpec extends Specification {
    private static final Path HOME = Path.of('..').toRealPath()

    /** An example that leaves something out cannot be compiled. */
    private static final String OMISSION = /…|\.\.\./

    @TempDir
    Path folder

    @Shared
    Catalog catalog = Catalog.read([getClass().classLoader])

    def "examples are found"() {
        expect:
        pages().size() >= 6
        words().size() > 120
        words().count { it.text =~ OMISSION } < 10
    }

    def "the examples of the pages pass the checker"() {
        expect:
        pages().collectMany { refusals(it) } == []
    }

    def "the examples of the words pass the checker"() {
        expect:
        words().findAll { !(it.text =~ OMISSION) }.collectMany { refusals(it) } == []
    }

    def "an example with an old or an unknown word would be found"() {
        expect:
        refusals([place: 'here', text: "sink products.upsert('name').orBy('code')"]) != []
        refusals([place: 'here', text: "backfill('x') {\n    bach 5\n}"]) != []
    }

    /** The code blocks in Groovy of all pages, but those that are not scripts. */
    private static List<Map<String, String>> pages() {
        def files = []
        HOME.toFile().eachFile { files << it }
        ['docs', 'deploy', 'bench'].each { HOME.resolve(it).toFile().eachFileRecurse { files << it } }
        files.findAll { it.name.endsWith('.md') }.collectMany { file ->
            file.text.findAll(/(?s)```groovy\n(.*?)```/) { [place: HOME.relativize(file.toPath()) as String, text: it[1]] }
        }
    }

    private List<Map<String, String>> words() {
        catalog.all().findAll { !it.type().name.startsWith(ShopWords.packageName) }.collectMany { Vocabulary words ->
            words.names().collectMany { name ->
                examples(words, name).collect { [place: "${words.noun()}.$name" as String, text: it] }
            }
        }
    }

    /** Those of its uses, and of its named arguments. */
    private static List<String> examples(Vocabulary words, String name) {
        def keys = words.methods(name).collectMany { it.parameters.collectMany { it.getAnnotation(Keys)?.value()?.toList() ?: [] } }
        (words.descriptions(name)*.example() + keys*.example()).findAll().unique()
    }

    /** Nothing if the example passes in one of the places where it can be meant to stand. */
    private List<String> refusals(Map<String, String> example) {
        def scripts = new Scripts(folder)
        def refusals = []
        for (String script in Places.of(example.text)) {
            def mistakes = scripts.mistakes(script)
            if (mistakes.isEmpty() || (script.startsWith('sandbox(') && mistakes*.contains('it declares no backfill') == [true])) {
                return []
            }
            refusals << mistakes
        }
        ["$example.place: ${refusals.min { it.size() }}" as String]
    }
}
