package dev.backfill.matrix

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.SplitState
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Cursor
import dev.backfill.control.ControlStateStore
import dev.backfill.matrix.world.Former
import dev.backfill.matrix.world.MemoryTable
import dev.backfill.matrix.world.Refusing
import dev.backfill.matrix.world.Target
import dev.backfill.matrix.world.World
import dev.backfill.run.Concurrency
import groovy.transform.CompileStatic

/** What of a world is not as promised; looks at the storage itself. */
@CompileStatic
class Findings {
    private static final Set<String> LETTERS = World.FAULTY + Refusing.REFUSED
    private final World world
    private final List<String> findings = []

    Findings(World world) {
        this.world = world
    }

    /** The position is never ahead of the data, whenever one looks. */
    List<String> soFar() {
        world.backing.store().read().checkpoint().ifPresent { saved ->
            PhaseState phase = saved.run().phases()[0]
            phase.splits().each { SplitState split -> behind(split) }
            check(phase.adds(), "the sums do not add up: $phase")
        }
        former()
        world.targets.findAll { Target it -> it instanceof MemoryTable }.each { Target target ->
            List<String> stale = ((MemoryTable) target).overwritten
            check(stale.empty, "a runner that was replaced has written over what its successor wrote: $stale")
        }
        refereed()
    }

    /** Of a run that was there before nothing goes away but its position, and that only when all is open. */
    private void former() {
        if (world.former == null) {
            return
        }
        CheckpointStore store = world.backing.store()
        List<String> letters = Former.letters(store)
        check(letters.containsAll(World.FAULTY), "dead letters of the former run are gone: only $letters are left")
        if (!world.opened) {
            check(store.read().checkpoint().map { it.run() } == Optional.of(world.former.run), 'the former position is gone before all was open')
            check(new ControlStateStore(store).read() == world.former.wishes, 'the tuning is gone before all was open')
        }
    }

    private void behind(SplitState split) {
        List<String> saved = ids(split.split().after(), split.cursor())
        Set<String> letters = letterKeys() as Set
        world.targets.each { Target target ->
            Set<String> there = target.keys() as Set
            List<String> missing = saved.findAll { String id -> !there.contains(id) && !letters.contains(id) }
            check(missing.empty, "the position is ahead of the data: $missing are missing")
        }
        check(split.rows() == saved.size(), "a split has ${split.rows()} rows at ${split.cursor()}")
    }

    List<String> atTheEnd(Concurrency concurrency) {
        RunState run = world.backing.store().read().checkpoint().get().run()
        check(run.status() == RunStatus.DONE, "the run is ${run.status()}")
        sums(run.phases()[0])
        ranges(run.phases()[0].splits())
        world.targets.withIndex().each { Target target, int i -> content(target, i, concurrency) }
        letters()
        former()
        refereed()
    }

    private void sums(PhaseState phase) {
        check(phase.adds(), "the sums do not add up: $phase")
        check(phase.read() == World.RECORDS, "${phase.read()} were read")
        check(phase.rejected() == World.FAULTY.size() as long, "${phase.rejected()} were rejected")
        check(phase.splits()*.rows().sum() == World.RECORDS as long, 'the splits have other rows')
    }

    private void ranges(List<SplitState> splits) {
        check(splits[0].split().after() == Cursor.start(), 'the first split does not begin at the start')
        check(splits[-1].split().upTo() == Optional.of(Cursor.after(World.RECORDS as String)), 'the last split does not end at the end')
        splits.eachWithIndex { SplitState split, int i ->
            check(split.status() == WorkStatus.DONE && split.split().upTo() == Optional.of(split.cursor()), "split $i is not at its end")
            check(i == 0 || splits[i - 1].split().upTo() == Optional.of(split.split().after()), "there is a gap before split $i")
        }
    }

    private void content(Target target, int place, Concurrency concurrency) {
        List<String> keys = target.keys()
        List<String> wanted = ids(Cursor.start(), Cursor.after(World.RECORDS as String)) - LETTERS
        check(keys.toSet() == wanted.toSet(), "target $place lacks ${wanted - keys} and has ${keys - wanted} too much")
        check(keys.size() == keys.toSet().size(), "target $place has some twice: ${keys.countBy { it }.findAll { it.value > 1 }}")
        target.held().each { String id, Map<String, Object> record -> check(record == expected(id, place), "target $place holds $record") }
        int inFlight = World.BATCH * concurrency.inFlight() * concurrency.splits()
        Map<String, Integer> again = target.writes().findAll { String id, int times -> times > 1 }
        check(again.size() <= inFlight, "more was written again than was in flight: $again")
        check(again.every { String id, int times -> times == 2 }, "some were written more than twice: $again")
        check(!world.exact || world.kind == SinkKind.APPENDING || again.isEmpty(), "exactly once was promised: $again")
    }

    private Map<String, Object> expected(String id, int place) {
        Map<String, Object> record = [id: id, price: (id.substring(1) as int) * 2] as Map<String, Object>
        place == 1 ? record + ([found: "by $id".toString()] as Map<String, Object>) : record
    }

    private void letters() {
        List<String> keys = letterKeys()
        check(keys.sort(false) == LETTERS.sort(false), "the dead letters are $keys")
    }

    private List<String> letterKeys() {
        world.backing.store().deadLetters(100)*.key()
    }

    private List<String> refereed() {
        findings.addAll(world.referee.violations)
        findings
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            findings << otherwise
        }
    }

    private static List<String> ids(Cursor after, Cursor upTo) {
        int from = after.atStart() ? 0 : after.text() as int
        int to = upTo.atStart() ? 0 : upTo.text() as int
        from < to ? (from + 1..to).collect { int it -> "p$it".toString() } : [] as List<String>
    }
}
