package dev.backfill.words

import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

class QuantitySpec extends Specification {
    private static final String PLURALS =
            'dead letters|batches|records|splits|phases|tries|attempts|starts|rows|lines|documents|keys|files|pages|are|were'

    def "number and noun agree"() {
        expect:
        Quantity.of(number, noun) == text

        where:
        number  | noun          || text
        0       | 'record'      || '0 records'
        1       | 'batch'       || '1 batch'
        2       | 'batch'       || '2 batches'
        1       | 'dead letter' || '1 dead letter'
        1234567 | 'dead letter' || '1,234,567 dead letters'
        2       | 'retry'       || '2 retries'
        2       | 'key'         || '2 keys'
        2       | 'index'       || '2 indexes'
    }

    def "an estimate has two digits, and says that it is one"() {
        expect:
        Quantity.about(number, 'row') == text

        where:
        number  || text
        0       || '0 rows'
        1       || '1 row'
        25      || 'about 25 rows'
        99      || 'about 99 rows'
        104     || 'about 100 rows'
        1234567 || 'about 1,200,000 rows'
        9960    || 'about 10,000 rows'
    }

    def "no message puts a plural of its own behind a number"() {
        when:
        def found = sources().collectMany { file ->
            (Files.readString(file) =~ /(?:count\([^"()]*(?:\(\))?\)|number|count|size\(\)|tried\(\)|letters\(?\)?|rows|most|kept|refused\(\))\s*\+ " (?:$PLURALS)\b/)
                    .collect { "$file.fileName: $it" as String }
        }

        then:
        found == []
    }

    private static List<Path> sources() {
        Files.walk(Path.of('..')).withCloseable { all ->
            all.filter { it.toString().contains('/src/main/java/') && it.toString().endsWith('.java') }.toList()
        }
    }
}
