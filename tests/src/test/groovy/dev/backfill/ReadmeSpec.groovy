package dev.backfill

import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

class ReadmeSpec extends Specification {
    static final Path HOME = Path.of('..').toRealPath()
    static final String TEXT = Files.readString(HOME.resolve('README.md'))

    def "each thing is told once"() {
        given:
        def headings = TEXT.readLines().findAll { it.startsWith('#') && !it.startsWith('#!') }

        expect:
        headings.size() > 5
        headings.countBy { it }.findAll { heading, times -> times > 1 }.isEmpty()
    }

    def "nobody reads more than 1,200 words before the reference"() {
        given:
        def story = TEXT.substring(0, TEXT.indexOf('\n# Reference')).replaceAll('(?s)```.*?```', '')

        expect:
        story.split(/\s+/).size() in 300..1200
    }

    def "what it points to is there"() {
        given:
        def targets = (TEXT =~ /\]\(([^)#:]+)\)/).collect { it[1] as String }

        expect:
        targets.size() > 5
        targets.findAll { !Files.exists(HOME.resolve(it)) } == []
    }
}
