package dev.backfill.house

import com.tngtech.archunit.core.domain.JavaClass
import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.domain.JavaModifier
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.StoreTraits
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkTraits
import dev.backfill.connector.Source
import dev.backfill.connector.SourceTraits
import groovy.io.FileType
import spock.lang.Shared
import spock.lang.Specification

import java.lang.reflect.ParameterizedType

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices

class HouseSpec extends Specification {
    private static final List<String> CONNECTORS = ['postgres', 'mongodb', 'typesense', 'foundationdb', 'http', 'files']
    /** What carries a plan out. */
    private static final List<String> WORKS = ['run', 'ownership', 'flow', 'position', 'letter', 'engine', 'control', 'validation', 'retrial',
            'legacy', 'inspection', 'hook', 'cli', 'report']
            .collect { "dev.backfill.${it}..".toString() }

    private static final String CAPABILITIES = [SourceTraits, SinkTraits, StoreTraits]
            .collectMany { it.recordComponents.toList() }
            .findAll { it.type == Optional }
            .collect { it.genericType.actualTypeArguments[0] }
            .collect { (it instanceof ParameterizedType ? it.rawType : it).simpleName }
            .minus(['Function'])
            .plus('CountedDefinition')
            .toSet()
            .join('|')

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

    def "nobody but their traits asks a source, sink or store by its Java type what it can do"() {
        given:
        def asks = ~/instanceof (?:[a-z.]+\.)?(?:$CAPABILITIES)\b|\b(?:$CAPABILITIES)\.class(?:::isInstance|::cast|\.isInstance|\.cast)/

        when:
        def texts = sources().collectEntries { [it.name, it.text] }
        def found = texts.collectMany { name, text -> (text =~ asks).collect { "$name: $it".toString() } }

        then:
        texts.size() > 500
        // A server that was reached is none of them.
        found == ['Opened.java: instanceof Inspectable']
    }

    def "a source, sink or store that wraps another one gives its own traits"() {
        when:
        def wrappers = wrappers()

        then:
        wrappers*.simpleName.containsAll(['KeyListSource', 'PreviewSink', 'RetryingStore'])
        wrappers.findAll { !it.tryGetMethod('traits').present }*.name == []
    }

    def "a source or sink that wraps another one decides on each method of its kind, also on those with a default"() {
        given:
        // A list has positions of its own; a pass that writes nothing needs no deadline; a replacement commits by itself.
        def own = ['KeyListSource.resumable', 'PreviewSink.writeBefore', 'Growing.writeBefore', 'Growing.required', 'ReplacingSink.writeBefore']

        when:
        def missing = wrappers().collectMany { type ->
            [Source, Sink].findAll { type.isAssignableTo(it) }.collectMany { kind -> kind.declaredMethods*.name }
                    .findAll { name -> type.methods.every { it.name != name } }
                    .collect { "$type.simpleName.$it".toString() }
        }

        then:
        missing.unique().findAll { !(it.endsWith('.close') || it in own) } == []
    }

    private List<JavaClass> wrappers() {
        classes.findAll { type ->
            !type.interface && [Source, Sink, CheckpointStore].any { kind ->
                type.isAssignableTo(kind) && type.fields.any { !it.modifiers.contains(JavaModifier.STATIC) && it.rawType.isAssignableTo(kind) }
            }
        }
    }

    private static List<File> sources() {
        def root = new File('..')
        [*new File(root, 'lib').listFiles(), new File(root, 'dsl')]
                .collect { new File(it, 'src/main/java') }
                .findAll { it.directory }
                .collectMany { folder ->
                    def files = []
                    folder.eachFileRecurse(FileType.FILES) { files << it }
                    files
                }
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
