package dev.backfill.connector

import dev.backfill.checkpoint.AdoptingStore
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.StoreTraits
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.engine.opening.KeyListSource
import dev.backfill.flow.PreviewSink
import dev.backfill.retry.Retry
import dev.backfill.retry.RetryingStore
import dev.backfill.fake.FakeTime
import dev.backfill.retry.RetryListener
import dev.backfill.retry.RetryPolicy
import dev.backfill.time.StopSignal
import dev.backfill.time.Waiter
import spock.lang.Specification

import java.lang.reflect.Proxy

/** Finds what it is asked for. */
class ListedSource implements KeyedSource {
    List<Split> splits(int wanted) { [] }
    Batch read(Split split, Cursor after, int limit) { null }
    String key(Row row) { row.id }
    List<Row> find(List<String> keys) { keys.collect { Row.of([id: it]) } }
}

class NarrowSource extends ListedSource implements Conditional<Source> {
    Source whole
    Set<String> mentioned() { ['done'] }
    Source without(String condition) { whole }
    List<Row> find(List<String> keys) { [] }
}

class TraitsSpec extends Specification {
    /** What a wrapper keeps to itself, and nothing else. */
    private static final Map<String, List<String>> WITHHELD = [
            // A list of keys is read in one split, cannot be narrowed to a range, and needs no estimate.
            KeyListSource: ['splittable', 'filterable', 'peekable'],
            // A pass that writes nothing has no transaction to share, and reports changes in the order of the source.
            PreviewSink  : ['keyed', 'transactional'],
            RetryingStore: []]

    def "traits follow from what a type implements: #kind.simpleName #component"() {
        expect:
        present(able(kind).traits(), component)
        !present(unable(kind).traits(), component)

        where:
        [kind, component] << components()
    }

    def "#wrapper #verb #component of what it wraps"() {
        expect:
        present(wrap(wrapper, able(kind)), component) == (verb == 'hands on')
        !present(wrap(wrapper, unable(kind)), component)

        where:
        [kind, component] << components()
        wrapper = wrapperOf(kind)
        verb = component in WITHHELD[wrapper] ? 'withholds' : 'hands on'
    }

    def "#wrapper hands on #flag: #value"() {
        given:
        def handed = valueOf(wrap(wrapper, flagged(kind, flag, value)), flag)

        expect:
        handed == value

        where:
        [kind, flag, value] << [[[SourceTraits, 'readsAhead'], [SinkTraits, 'serial'], [SinkTraits, 'showsPayload']], [true, false]]
                .combinations().collect { pair, value -> [pair[0], pair[1], value] }
        wrapper = wrapperOf(kind)
    }

    def "a list of keys without a condition is a list of the same keys, read without it"() {
        given:
        def whole = new ListedSource()
        def narrow = new NarrowSource(whole: whole)

        when:
        def wider = new KeyListSource(narrow, ['1', '2']).traits().conditional().get().without('done = false')

        then:
        wider instanceof KeyListSource
        wider.read(wider.splits(1)[0], Cursor.start(), 10).rows()*.id == ['1', '2']
    }

    def "a pass that writes nothing neither cuts nor finishes a target that grows, and begins anew where a run would"() {
        given:
        AppendOnlySink sink = Mock()
        sink.traits() >> { SinkTraits.of(sink) }
        def appending = new PreviewSink(sink, 'a file', { }).traits().appendOnly().get()

        when:
        appending.truncateTo('12')
        appending.publish(Row.of([:]))
        appending.cleanUp()
        def resumable = appending.resumable()

        then:
        !resumable
        1 * sink.resumable() >> false
        0 * sink.truncateTo(_)
        0 * sink.publish(_)
        0 * sink.cleanUp()
    }

    private static List<List> components() {
        [SourceTraits, SinkTraits, StoreTraits].collectMany { kind ->
            kind.recordComponents.findAll { it.type == Optional }.collect { [kind, it.name] }
        }
    }

    private static String wrapperOf(Class<?> kind) {
        [(SourceTraits): 'KeyListSource', (SinkTraits): 'PreviewSink', (StoreTraits): 'RetryingStore'][kind]
    }

    private Object wrap(String wrapper, Object inner) {
        switch (wrapper) {
            case 'KeyListSource': return new KeyListSource(inner, ['1']).traits()
            case 'PreviewSink': return new PreviewSink(inner, 'a sink', { }).traits()
            default: return RetryingStore.around(inner, new Retry(RetryPolicy.STANDARD, new Waiter(new FakeTime(), new StopSignal()), new Random(7), Stub(RetryListener))).traits()
        }
    }

    private static boolean present(Object traits, String component) {
        (valueOf(traits, component) as Optional).present
    }

    private static Object valueOf(Object traits, String component) {
        traits.class.getMethod(component).invoke(traits)
    }

    private static Object flagged(Class<?> kind, String flag, boolean value) {
        of(kind == SourceTraits ? [KeyedSource] : [Sink]) { self ->
            def plain = kind.of(self)
            switch (flag) {
                case 'readsAhead': return value ? plain : plain.withoutReadAhead()
                case 'serial': return value ? plain.inSeries() : plain
                default: return value ? plain.showingPayload() : plain
            }
        }
    }

    /** Can do all that there is to be handed on. */
    private static Object able(Class<?> kind) {
        of([(SourceTraits): [KeyedSource, SplittableSource, FilterableSource, PeekableSource, WrittenInTransactions, Conditional, Located, Identified, Inspectable, SameServerRows],
            (SinkTraits)  : [KeyedSink, AppendOnlySink, TransactionalSink, Previewable, Changing, Conditional, Identified, Inspectable, SameServerComparison],
            (StoreTraits) : [TransactionalStore, AdoptingStore, Inspectable]][kind]) { kind.of(it) }
    }

    /** Says that it can do nothing, though it may be given to a wrapper. */
    private static Object unable(Class<?> kind) {
        def plain = of([[(SourceTraits): Source, (SinkTraits): Sink, (StoreTraits): CheckpointStore][kind]]) { null }
        kind == SourceTraits ? of([KeyedSource]) { kind.of(plain) } : of(plain.class.interfaces.toList()) { kind.of(plain) }
    }

    /** Is of these types, and answers nothing but its traits. */
    private static Object of(List<Class<?>> types, Closure traits) {
        Proxy.newProxyInstance(TraitsSpec.classLoader, types as Class[]) { self, method, arguments ->
            switch (method.name) {
                case 'traits': return traits(self)
                case 'hashCode': return System.identityHashCode(self)
                case 'equals': return self.is(arguments[0])
                default: return null
            }
        }
    }
}
