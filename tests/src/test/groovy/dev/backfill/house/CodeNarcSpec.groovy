package dev.backfill.house

import org.codenarc.analyzer.FilesystemSourceAnalyzer
import org.codenarc.results.Results
import org.codenarc.ruleset.CompositeRuleSet
import org.codenarc.ruleset.RuleSetUtil
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** Looks over the Groovy of the house: its scripts and its specs. */
class CodeNarcSpec extends Specification {
    @TempDir
    Path folder

    private static final List<String> RULES = ['basic', 'imports', 'unused', 'exceptions', 'concurrency', 'braces']
    /** Stand-ins and specs catch, throw, wait and lock as they must. */
    private static final List<String> NOT_OURS = [
            'BusyWait', 'CatchError', 'CatchException', 'CatchRuntimeException', 'CatchThrowable', 'EmptyCatchBlock',
            'ExceptionExtendsError', 'MisorderedStaticImports', 'ReturnNullFromCatchBlock', 'SynchronizedMethod', 'ThrowError', 'ThrowException',
            'ThrowRuntimeException', 'UnusedMethodParameter', 'UnusedObject']

    def "the Groovy of #place has no finding"() {
        given:
        def rules = new CompositeRuleSet()
        RULES.collect { RuleSetUtil.loadRuleSetFile("rulesets/${it}.xml") }
                .collectMany { it.rules }
                .findAll { !(it.name in NOT_OURS) }
                .each { rules.addRule(it) }

        when:
        def results = new FilesystemSourceAnalyzer(baseDirectory: place, includes: '**/*.groovy').analyze(rules)

        then: 'it saw the files, and had something to hold against them'
        results.getTotalNumberOfFiles(true) >= atLeast
        rules.rules.size() > 80
        findings(results) == []

        where:
        place             || atLeast
        '../scripts'      || 1
        'src/test/groovy' || 20
    }

    def "it would tell a finding"() {
        given:
        def rules = RuleSetUtil.loadRuleSetFile('rulesets/imports.xml')
        Files.writeString(folder.resolve('Unused.groovy'), 'import java.util.concurrent.TimeUnit\nclass Unused { }\n')

        when:
        def results = new FilesystemSourceAnalyzer(baseDirectory: folder.toString(), includes: '**/*.groovy').analyze(rules)

        then:
        findings(results)*.contains('UnusedImport') == [true]
    }

    private static List<String> findings(Results results) {
        def own = results.file ? results.violations : []
        own.collect { "$results.path:$it.lineNumber: $it.rule.name: ${it.message ?: it.sourceLine}".toString() } +
                results.children.collectMany { findings(it) }
    }
}
