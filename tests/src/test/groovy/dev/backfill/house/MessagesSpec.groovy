package dev.backfill.house

import dev.backfill.cli.session.ExitCode
import dev.backfill.time.Stop
import spock.lang.Shared
import spock.lang.Specification

import java.nio.file.Path
import java.util.regex.Matcher

/**
 * Every message that ends a command tells the next step itself, or has an entry in the pages of those who are called at night.
 * Messages are found where they are made: in what is thrown for a person to read.
 */
class MessagesSpec extends Specification {
    private static final String THROWN = /new (FatalFailure|PausedException|WrongUseException|OwnedException|ChangedException|LeaseLostException|ForeignCheckpointException)\(/
    private static final List<String> VERBS = ['add', 'allow', 'ask', 'be', 'begin', 'call', 'change', 'check', 'choose', 'close', 'connect', 'continue', 'copy', 'correct', 'ensure', 'free',
        'fix', 'give', 'grant', 'have', 'install', 'keep', 'leave', 'let', 'lift', 'look', 'make', 'move', 'must', 'name', 'narrow', 'open', 'put', 'read',
        'remove', 'rename', 'report', 'resume', 'run', 'say', 'set', 'speak', 'start', 'stop', 'take', 'tell', 'try', 'unset', 'use', 'wait', 'write']
    /** An advice begins a message, or stands behind what happened. */
    private static final String ADVICE = /(?i)(^|[;:,.?…]|\bor|\band|so|it) *(then |or |and )?(${VERBS.join('|')})\b/
    private static final List<String> PAGES = ['../docs/operations.md', '../docs/limits-and-control.md']

    @Shared
    List<Map<String, String>> messages = sources().collectMany { found(it) }

    def "all messages are seen"() {
        expect:
        messages.size() > 90
        ['FatalFailure', 'PausedException', 'WrongUseException', 'LeaseLostException'].every { type -> messages.any { it.type == type } }
    }

    def "every message has a next step, its own or in the pages"() {
        given:
        def pages = PAGES.collect { new File(it).text }.join('\n')

        expect:
        messages.findAll { !(it.text =~ ADVICE) && !pages.contains(piece(it.text)) }.collect { "$it.file: $it.text" as String } == []
    }

    def "a new message without a next step would be told"() {
        expect:
        !('the moon … is not up' =~ ADVICE)
        'the moon … is not up; wait for it' =~ ADVICE
        found('Moon.java', 'throw new FatalFailure("the moon " + name(1) + " is not up");')*.text == ['the moon … is not up']
        piece('the moon … is not up tonight: ') == 'is not up tonight'
    }

    def "the table of exit codes in the page is that of the enum"() {
        given:
        def page = new File(PAGES[0])
        def table = '| code | meaning | next step |\n| --- | --- | --- |\n' +
            ExitCode.values().collect { "| ${it.code()} | ${it.meaning()} | ${it.nextStep()} |\n" }.join('')
        def made = "<!-- made from ExitCode -->\n$table<!-- end of ExitCode -->" as String

        when: 'it is stale: mvn -pl tests -am test -Dtest=MessagesSpec -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true'
        if (System.getProperty('docs.write') == 'true') {
            page.text = page.text.replaceFirst(/(?s)<!-- made from ExitCode -->.*<!-- end of ExitCode -->/, Matcher.quoteReplacement(made))
        }

        then:
        page.text.contains(made)
    }

    def "exit codes are all different, those of signals are what the run ends with, and no page has a general table of its own"() {
        expect:
        ExitCode.values()*.code() == [0, 1, 2, 3, 4, 5, 6, 129, 130, 143]
        Stop.signals()*.exitCode() == [129, 130, 143]
        !new File('../README.md').text.contains('| 129')
    }

    private static List<File> sources() {
        def all = []
        ['../lib', '../dsl'].each { top -> new File(top).eachFileRecurse { all << it } }
        all.findAll { it.name.endsWith('.java') && it.path.contains('/src/main/') && !(it.path =~ '/sandbox/|/fake/') }
    }

    private static List<Map<String, String>> found(File source) {
        found(Path.of(source.path).fileName as String, source.text)
    }

    /** What is written out in the arguments, with dots for what is put in; texts that are made elsewhere are left out. */
    private static List<Map<String, String>> found(String file, String source) {
        def thrown = source =~ THROWN
        def messages = []
        while (thrown.find()) {
            def text = literals(source.substring(thrown.end())).join('…')
            if (text.findAll(/[a-z]/).size() >= 12) {
                messages << [file: file, type: thrown.group(1), text: text]
            }
        }
        messages
    }

    /** The texts up to the parenthesis that closes the arguments. */
    private static List<String> literals(String rest) {
        def texts = []
        int depth = 1
        def tokens = rest =~ /"((?:[^"\\]|\\.)*)"|[()]/
        while (depth > 0 && tokens.find()) {
            switch (tokens.group()) {
                case '(': depth++; break
                case ')': depth--; break
                default: texts << tokens.group(1)
            }
        }
        texts
    }

    /** What is longest between what is put in. */
    private static String piece(String text) {
        text.split('…').collect { it.replaceAll(/^[\s:;,.'()]+|[\s:;,.'()]+$/, '') }.max { it.size() }
    }
}
