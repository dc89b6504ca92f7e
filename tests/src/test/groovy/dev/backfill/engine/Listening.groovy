package dev.backfill.engine

import dev.backfill.checkpoint.LeaseHolder
import dev.backfill.checkpoint.RunState
import dev.backfill.connector.Failure
import dev.backfill.run.Progress
import dev.backfill.run.RunListener

import java.time.Duration

/** Remembers what a run told. */
class Listening implements RunListener {
    final List<String> heard = []
    Closure<?> onSaved = { }

    void started(RunState state, boolean resumed) { heard << (resumed ? 'resumed' : 'began') }

    void waitingFor(LeaseHolder holder) { heard << "waiting for pid ${holder.owner().pid()}".toString() }

    void provided(String what) { heard << "provided $what".toString() }

    void wouldProvide(String what) { heard << "would provide $what".toString() }

    void skipped(String phase, String why) { heard << "skipped $phase: $why".toString() }

    void bounded(String why) { heard << why }

    void saved(Progress progress) { onSaved(progress) }

    void holding(String throttle, Duration time) { heard << "$throttle ${time.toMillis()}".toString() }

    void walkingAgain(String phase) { heard << "walking $phase again".toString() }

    void retrying(String doing, Failure failure, int attempt, Duration wait) { heard << "again: $doing".toString() }
}
