package dev.backfill

import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

class ReadmeSpec extends Specification {
    static final Path HOME = Path.of('..').toRealPath()
    static final String TEXT = Files.readString(HOME.resolve('README.md'))

    def "each thing is said once"() {
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

    def "every page of the documentation is within one step"() {
        given:
        def pages = HOME.resolve('docs').toFile().list().collect { "docs/$it" as String } +
            ['CONTRIBUTING.md', 'CHANGELOG.md'] + HOME.resolve('deploy').toFile().list().collect { "deploy/$it/README.md" as String }

        expect:
        pages.size() > 15
        pages.findAll { !TEXT.contains("]($it)") && !TEXT.contains("]($it/)") } == []
    }

    def "the first page has what a stranger looks for, and every connector is in its table"() {
        given:
        def story = TEXT.substring(0, TEXT.indexOf('\n# Reference'))
        def table = story.split(/(?m)^(?=## )/).find { it.startsWith('## What it connects to') }

        expect:
        ['When to use it', 'When not to use it', 'Install', 'Quick start', 'Your own table', 'What it connects to', 'What it promises',
         'What it does not do', 'Compared with'].every { story.contains("## $it\n") }
        ['PostgreSQL', 'Typesense', 'FoundationDB', 'HTTP/JSON', 'files', 'MongoDB'].every { table =~ /(?m)^\| .*$it \|/ }
        table.readLines().count { it.startsWith('| ') } == 2 + HOME.resolve('lib').toFile().list().findAll { !(it in ['bom', 'core', 'sandbox']) }.size()
    }

    def "what it points to is there"() {
        given:
        def targets = (TEXT =~ /\]\(([^)#:]+)\)/).collect { it[1] as String }

        expect:
        targets.size() > 5
        targets.findAll { !Files.exists(HOME.resolve(it)) } == []
    }
}
