package dev.backfill.dsl

import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

class BackfillNameSpec extends Specification {
    @TempDir
    Path folder

    private List<String> told(String name) {
        new Scripts(folder).told("""backfill('$name') {
            about 'y'
            def items = shop().table('t').key('id')
            phase('a') {
                source items.select('id')
                sink   items.update('id')
            }
        }
        """)
    }

    def "the name '#name' could name a file elsewhere, and is a mistake with its line"() {
        expect:
        told(name).any { it.startsWith('1:') && it.contains("the backfill's name '$name' names its checkpoint") }

        where:
        name << ['../../etc/x', 'a/b', '.hidden', '', 'x' * 101]
    }
}
