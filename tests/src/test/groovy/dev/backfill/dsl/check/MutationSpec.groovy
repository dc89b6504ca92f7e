package dev.backfill.dsl.check

import dev.backfill.dsl.Scripts
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Pattern

/** Damages the real script, by choice and blindly, and sees whether the checker tells it on the right line. */
class MutationSpec extends Specification {
    private static final long SEED = 20261123
    private static final int EDITS = 60
    private static final Pattern NAME = ~/[A-Za-z_][A-Za-z_0-9]*/

    @Shared
    String script = Files.readString(Path.of('../scripts/inventory-fields.groovy'))

    @TempDir
    Path folder

    def "the script as it is has no mistake"() {
        expect:
        new Scripts(folder).mistakes(script) == []
    }

    @Unroll("#wrong for #right")
    def "a chosen mistake is told on its line, with what was meant"() {
        given:
        assert script.count(right) >= 1
        def at = script.indexOf(right)
        def line = script.substring(0, at).count('\n') + 1

        when:
        def told = new Scripts(folder).told(script.substring(0, at) + wrong + script.substring(at + right.size()))

        then:
        told.any { it.startsWith("$line:") && it.contains(advice) }

        where:
        right                                | wrong                        || advice
        "batch    env"                       | 'bach    env'                || "did you mean 'batch'?"
        "products.select"                    | 'product.select'             || "did you mean 'products'?"
        ".whereNull("                        | '.whereNul('                 || "did you mean 'whereNull'?"
        "p.deleted_at"                       | 'p.deletedat'                || "did you mean 'deleted_at'?"
        "countMissingAs: 'missing_in_search'" | "countMisingAs: 'missing_in_search'" || "did you mean 'countMissingAs:'?"
        "throttle { pause"                   | 'throttle { rat'             || "did you mean 'rate'?"
        "repeatUntilStable()"                | 'repeatUntilStable'          || 'needs ()'
        "counters 'updated_supabase'"        | "counters 'updated_supabas'" || "did you mean 'updated_supabase'?"
        "checkpoint(mongodb()"               | 'checkpoint(postgres()'      || ''
        "epochSeconds(p."                    | 'epochSecond(p.'             || "did you mean 'epochSeconds'?"
        "on: 'id'"                           | "on: 'idd'"                  || "did you mean 'id'?"
        "phase('search-only')"               | "phase('products')"          || "two phases called 'products'"
    }

    def "every misspelt word and variable of the blocks is told on its line, naming what was there"() {
        given: 'one-letter edits of names in blocks, drawn with a fixed seed'
        def random = new Random(SEED)
        def places = namesInBlocks()
        def untold = []

        when:
        EDITS.times {
            def (at, name) = places[random.nextInt(places.size())]
            def wrong = misspelt(name, random)
            def line = script.substring(0, at).count('\n') + 1
            def told = new Scripts(folder).told(script.substring(0, at) + wrong + script.substring(at + name.size()))
            if (!told.any { it.startsWith("$line:") && it.contains(wrong) && it.contains(name) }) {
                untold << "$line: $wrong for $name: $told"
            }
        }

        then:
        places.size() > 60
        untold == []
    }

    /** Words, variables, chains and literal columns; no comments, texts, keys of maps, or declarations. */
    private List namesInBlocks() {
        def known = namesOf('about checkpoint document phase batches records counters batch throttle pause ensure source ' +
                'transform sink lookup repeatUntilStable postgres typesense mongodb env epochSeconds table key collection select ' +
                'update whereNull returning documents by int64 optional indexed sortable stored products search corrected')
        def text = script.replaceAll(/(?m)\/\/.*$|'[^'\n]*'/) { it.replaceAll(/[^\n]/, ' ') }
        def end = text.indexOf('\n}\n')
        def matcher = NAME.matcher(text)
        def places = []
        while (matcher.find() && matcher.start() < end) {
            def before = text.substring(0, matcher.start())
            def declared = before.endsWith('def ')
            def key = text.substring(matcher.end()).startsWith(':')
            if (known.contains(matcher.group()) && !declared && !key) {
                places << [matcher.start(), matcher.group()]
            }
        }
        places
    }

    private static Set<String> namesOf(String text) { text.split(' ') as Set }

    private static String misspelt(String name, Random random) {
        def at = random.nextInt(name.size())
        def letter = (('a' as char) + random.nextInt(26)) as char
        def wrong = switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + letter + name.substring(at)
            case 1 -> name.substring(0, at) + letter + name.substring(at + 1)
            case 2 -> name.substring(0, at) + name.substring(at + 1)
            default -> at == 0 ? name.reverse() : name.substring(0, at - 1) + name[at] + name[at - 1] + name.substring(at + 1)
        }
        wrong == name || wrong.empty || !(wrong ==~ NAME) || wrong == name.reverse() && name.size() > 2 ? misspelt(name, random) : wrong
    }
}
