package dev.backfill.mongodb

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fault.FaultyLine
import dev.backfill.plan.Settings
import dev.backfill.run.OpenResources
import dev.backfill.sandbox.server.MongoStandIn
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import static dev.backfill.checkpoint.Checkpoints.at
import static dev.backfill.checkpoint.Checkpoints.letter
import static dev.backfill.checkpoint.Checkpoints.owner

class MongoLostAnswerSpec extends Specification {
    @Shared
    @AutoCleanup
    MongoStandIn server = MongoStandIn.start()

    @AutoCleanup
    def line = new FaultyLine(URI.create(server.uri()).port)

    @AutoCleanup
    def resources = new OpenResources(4)

    CheckpointStore faulty
    CheckpointStore direct

    def setup() {
        faulty = open("mongodb://127.0.0.1:$line.port", document)
        direct = open(server.uri(), document)
    }

    private String getDocument() {
        specificationContext.currentIteration.displayName
    }

    /** Gives up soon. */
    private CheckpointStore impatient() {
        open("mongodb://127.0.0.1:$line.port/?appName=impatient", document, 1)
    }

    private CheckpointStore open(String uri, String document, int patience = 10) {
        new MongodbWordProvider().create(new Settings([MONGO_URI: uri, MONGO_CONNECTION_TIMEOUT: patience as String])).mongodb()
            .collection('lost_answers').open(resources, document)
    }

    def "a save whose answer is lost has happened, once"() {
        given:
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseAnswerTo('backfill.state')

        when:
        def saved = faulty.save(lease, at(1))

        then:
        !line.lossPending
        saved == lease.saved()
        direct.read().version() == saved.version()
        direct.read().checkpoint().get() == at(1)

        and: 'the run goes on with it'
        faulty.save(saved, at(2)) == saved.saved()
    }

    def "a save that never arrived is sent again"() {
        given:
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseRequest('backfill.state')

        when:
        def saved = faulty.save(lease, at(1))

        then:
        !line.lossPending
        saved == lease.saved()
        direct.read().checkpoint().get() == at(1)
    }

    def "a save is in doubt while nobody can be asked, and the version tells later"() {
        given:
        def faulty = impatient()
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseAnswerTo('backfill.state', true)

        when:
        faulty.save(lease, at(1))

        then:
        def doubt = thrown(UnknownOutcome)
        doubt.message.contains('may or may not have taken effect')

        when:
        line.mend()

        then:
        faulty.read().version() == lease.saved().version()
        faulty.save(lease.saved(), at(2)) == lease.saved().saved()
    }

    def "a save that was taken over while its answer was lost is not ours"() {
        given:
        def faulty = impatient()
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseAnswerTo('backfill.state', true)

        when:
        faulty.save(lease, at(1))

        then:
        thrown(UnknownOutcome)

        when: 'the process goes on as if nothing had been saved'
        line.mend()
        faulty.save(lease, at(9))

        then:
        thrown(LeaseLostException)
        direct.read().checkpoint().get() == at(1)
    }

    def "a checkpoint taken with a lost answer is ours"() {
        given:
        direct.release(direct.acquire(owner(1), AcquireCondition.ifFree()))
        line.loseAnswerTo('process_start')

        when:
        def lease = faulty.acquire(owner(2), AcquireCondition.ifFree())

        then:
        !line.lossPending
        lease.epoch() == 2
        direct.read().holder().get().owner() == owner(2)
        faulty.save(lease, at(1)) == lease.saved()
    }

    def "a first checkpoint taken with a lost answer is ours"() {
        given:
        line.loseAnswerTo('process_start')

        expect:
        faulty.acquire(owner(2), AcquireCondition.ifFree()).epoch() == 1
        direct.read().epoch() == 1
    }

    def "a beat whose answer is lost may simply be tried again"() {
        given:
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseAnswerTo('beat_at')

        when:
        faulty.renew(lease)

        then:
        def failure = thrown(TransientFailure)
        failure.message.contains("renewing the lease of the checkpoint")

        when:
        faulty.renew(lease)

        then:
        noExceptionThrown()
    }

    def "dead letters whose answer is lost are there once after trying again"() {
        given:
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())
        line.loseAnswerTo('attempts')

        when:
        faulty.addDeadLetters(lease, [letter(), letter(key: 'p-2')])

        then:
        thrown(TransientFailure)

        when:
        faulty.addDeadLetters(lease, [letter(), letter(key: 'p-2')])

        then:
        direct.countDeadLetters() == 2
    }

    def "a server out of reach is told with its address and what to check"() {
        given: 'a client that never saw the server'
        line.cut()
        def faulty = impatient()

        when:
        faulty.read()

        then:
        def failure = thrown(TransientFailure)
        failure.message.startsWith('reading the checkpoint')
        failure.message.contains('no server answers in time')
        failure.message.contains('MONGO_URI')
    }
}
