package dev.backfill.house

import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import spock.lang.Shared
import spock.lang.Specification

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices

class HouseSpec extends Specification {
    private static final List<String> CONNECTORS = ['postgres', 'mongodb', 'typesense', 'foundationdb', 'http', 'files']
    /** What carries a plan out. */
    private static final List<String> WORKS = ['run', 'ownership', 'flow', 'position', 'letter', 'engine', 'control', 'validation', 'retrial',
            'legacy', 'inspection', 'hook', 'cli', 'report']
            .collect { "dev.backfill.${it}..".toString() }

    @Shared
    JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages('dev.backfill')

    def "the rules look at all modules"() {
        expect:
        ['plan', 'connector', 'engine', 'cli', 'dsl', 'sandbox', *CONNECTORS].every { name ->
            classes.any { it.packageName == "dev.backfill.$name" || it.packageName.startsWith("dev.backfill.$name.") }
        }
    }

    def "a package of the command line has twelve types at most"() {
        when:
        def types = classes.findAll { it.packageName.startsWith('dev.backfill.cli') && it.topLevelClass && it.simpleName != 'package-info' }

        then:
        types.size() > 25
        types.countBy { it.packageName }.findAll { it.value > 12 } == [:]
    }

    def "no packages depend on each other in a circle"() {
        when:
        slices().matching('dev.backfill.(**)').should().beFreeOfCycles().check(classes)

        then:
        noExceptionThrown()
    }

    def "connectors know what they implement, and neither the engine nor the command line nor each other"() {
        when:
        CONNECTORS.each { one ->
            def others = CONNECTORS - one
            noClasses().that().resideInAPackage("dev.backfill.$one..")
                    .should().dependOnClassesThat().resideInAnyPackage(*WORKS, 'dev.backfill.dsl..', *others.collect { "dev.backfill.$it..".toString() })
                    .check(classes)
        }

        then:
        noExceptionThrown()
    }

    def "only the language knows Groovy"() {
        when:
        noClasses().that().resideOutsideOfPackage('dev.backfill.dsl..')
                .should().dependOnClassesThat().resideInAnyPackage('groovy..', 'org.codehaus.groovy..', 'org.apache.groovy..')
                .check(classes)

        then:
        noExceptionThrown()
    }

    def "the plan and its words know nothing of what carries them out"() {
        when:
        noClasses().that().resideInAnyPackage('dev.backfill.plan..', 'dev.backfill.words..', 'dev.backfill.connector..',
                'dev.backfill.checkpoint..')
                .should().dependOnClassesThat().resideInAnyPackage(*WORKS, 'dev.backfill.dsl..')
                .check(classes)

        then:
        noExceptionThrown()
    }

    def "only the command line, its reports, the launch of a script and the sandbox write to the terminal"() {
        when:
        noClasses().that().resideOutsideOfPackages('dev.backfill.cli..', 'dev.backfill.report..', 'dev.backfill.sandbox..')
                .and().doNotHaveFullyQualifiedName('dev.backfill.dsl.Complaint')
                .should().accessField(System, 'out')
                .orShould().accessField(System, 'err')
                .check(classes)

        then:
        noExceptionThrown()
    }

    def "only the main of a script ends the process"() {
        when:
        noClasses().that().doNotHaveFullyQualifiedName('dev.backfill.dsl.Launch')
                .and().resideOutsideOfPackage('dev.backfill.sandbox..')
                .should().callMethod(System, 'exit', int)
                .check(classes)

        then:
        noExceptionThrown()
    }
}
