package dev.backfill.docs

import spock.lang.Shared
import spock.lang.Specification

import java.util.regex.Pattern

/** What people read has none of the words that this project no longer uses; each is listed once, with what to write instead. */
class LanguageSpec extends Specification {
    private static final File HOME = new File('..').canonicalFile

    private static final String TOKEN = /(?s)\/\*.*?\*\/|\/\/[^\n]*|"""(?:\\.|[^\\])*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/

    @Shared
    Map<Pattern, String> retired = read()

    def "the list is read, and each word of it is found where it stands"() {
        expect:
        retired.size() > 20
        findings('here', 'it goes on as told, beside the lock') as Set ==
            ["here:1: 'goes on', write resume, continue, happen", "here:1: 'told', write print, show, report, say, distinguish",
             "here:1: 'as told', write as requested", "here:1: 'beside', write next to, in addition to"] as Set
        findings('here', 'it holds a lock and holds the lease; understanding a stand-in') == []
        findings('here', 'a rule that holds') != []
    }

    def "no page has a retired word"() {
        given:
        def pages = files('.', /.*\.md/)

        expect:
        pages.size() > 25
        pages.collectMany { findings(name(it), it.text) } == []
    }

    def "no text of the program has a retired word: messages, help, words"() {
        given:
        def texts = sources().collectMany { file -> tokens(file).findAll { it.startsWith('"') && it.contains(' ') }.collect { [name(file), it] } }

        expect:
        texts.size() > 1500
        texts.collectMany { file, text -> findings(file, text) } == []
    }

    def "no Javadoc of what is public has a retired word, but for those with plain meanings as well"() {
        given:
        def plain = ['hold', 'holds', 'stand', 'stands', 'stood']
        def comments = sources().collectMany { file -> published(file).collect { [name(file), it] } }

        expect:
        comments.size() > 800
        comments.collectMany { file, text -> findings(file, text) }.findAll { !(it.find(/'(.*?)'/) { all, word -> word }.toLowerCase() in plain) } == []
    }

    def "no script, template or deployment has a retired word"() {
        given:
        def scripts = files('scripts', /.*\.(groovy|sh)/) + files('templates', /.*/) + files('deploy', /.*/) + [new File(HOME, 'jbang'), new File(HOME, 'jbang-catalog.json')]

        expect:
        scripts.size() > 12
        scripts.collectMany { findings(name(it), it.text) } == []
    }

    private List<String> findings(String file, String text) {
        def found = []
        text.readLines().eachWithIndex { line, at ->
            retired.each { pattern, instead ->
                def matcher = pattern.matcher(line)
                while (matcher.find()) {
                    found << ("$file:${at + 1}: '${matcher.group()}', write $instead" as String)
                }
            }
        }
        found
    }

    private static List<File> sources() {
        (files('lib', /.*\.java/) + files('dsl', /.*\.java/)).findAll { it.path.contains('/src/main/') }
    }

    /** Comments and texts of a source, each whole. */
    private static List<String> tokens(File source) {
        source.text.findAll(TOKEN)
    }

    /** The Javadoc in front of what is public, or of a package. */
    private static List<String> published(File source) {
        source.text.findAll(/(?s)\/\*\*(?:(?!\*\/).)*\*\/(?=\s*(?:@[\w.]+(?:\([^)]*\))?\s*)*(?:public|package)\b)/)
    }

    private static List<File> files(String folder, String name) {
        def found = []
        new File(HOME, folder).traverse(type: groovy.io.FileType.FILES, nameFilter: ~name, preDir: { it.name in ['target', '.git'] ? groovy.io.FileVisitResult.SKIP_SUBTREE : null }) { found << it }
        found
    }

    private static String name(File file) {
        HOME.toPath().relativize(file.canonicalFile.toPath()) as String
    }

    private static Map<Pattern, String> read() {
        def words = [:]
        LanguageSpec.getResourceAsStream('/retired-words.txt').readLines('UTF-8').findAll { it && !it.startsWith('#') }.each { line ->
            def (word, instead) = line.split(/ {2}/, 2)
            words[Pattern.compile(word, Pattern.CASE_INSENSITIVE)] = instead
        }
        words
    }
}
