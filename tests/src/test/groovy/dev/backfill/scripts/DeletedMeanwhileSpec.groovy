package dev.backfill.scripts

import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.Executors
import java.util.concurrent.locks.LockSupport

/** A product that the application deletes while its batch is under way is deleted in search too at the end. */
@Timeout(180)
class DeletedMeanwhileSpec extends Specification {
    static final long DELETED_AT = 1_790_000_000L

    @AutoCleanup
    def sandbox = InventorySandbox.filled(3_000)

    @AutoCleanup('shutdownNow')
    def threads = Executors.newSingleThreadExecutor()

    /** A product that is active and in search, in the middle of the table. */
    String victim() {
        def searched = sandbox.documents().keySet()
        def active = sandbox.products().findAll { it.value == null }.keySet().findAll { searched.contains(it) }.sort()
        active[active.size().intdiv(2)]
    }

    void delete(Sql sql, String id) {
        sql.executeUpdate('update products set deleted_at = ? where id = ?', [DELETED_AT, id])
    }

    def "deleted after PostgreSQL had its batch and before search gets it"() {
        given: 'an application that deletes the product in both, just before our import arrives and overwrites it'
        def id = victim()
        def deleted = false
        def search = sandbox.search().get().uri() as URI
        def between = new ForwardingServer(search, { String method, String path, String body ->
            if (!deleted && path.endsWith('/import') && body.contains("\"$id\"")) {
                deleted = true
                sandbox.sql { delete(it, id) }
                sandbox.update(/{"id":"$id","created_at":1,"deleted_at":$DELETED_AT}/)
            }
        })

        when:
        def code = sandbox.run(['--quiet'], [TYPESENSE_PORT: between.port as String])

        then:
        code == 0
        deleted
        sandbox.products()[id] == DELETED_AT
        sandbox.documents()[id].deleted_at == DELETED_AT
        sandbox.documents().count { it.value.deleted_at == DELETED_AT } == 1

        cleanup:
        between?.close()
    }

    def "deleted after the batch was read and before PostgreSQL is updated"() {
        given: 'an application whose transaction is under way: the batch is read as if nothing were, and then waits for the row'
        def id = victim()
        def application = sandbox.postgres().connect()
        application.autoCommit = false
        delete(new Sql(application), id)

        when:
        def run = threads.submit({ sandbox.run() } as java.util.concurrent.Callable<Integer>)
        awaitWaiting()
        application.commit()

        then:
        run.get() == 0
        sandbox.products()[id] == DELETED_AT
        sandbox.documents()[id].deleted_at == DELETED_AT

        cleanup:
        application?.close()
    }

    def "added below the position while the run is on"() {
        given: 'an application that adds a product when the last batch is imported'
        def last = sandbox.sql { it.firstRow('select max(id) from products')[0] }
        def added = false
        def search = sandbox.search().get().uri() as URI
        def between = new ForwardingServer(search, { String method, String path, String body ->
            if (!added && path.endsWith('/import')) {
                added = true
                sandbox.sql { it.execute("insert into products select '!first', 'S-new', name, description, brand, category, price_cents, currency, stock, weight_grams, tags, attributes, published, created_at, updated_at, null from products where id = $last") }
            }
        })

        when:
        def code = sandbox.run(['--quiet'], [TYPESENSE_PORT: between.port as String])

        then:
        code == 0
        added
        sandbox.products()['!first'] == 0
        sandbox.checkpoint().last_id == last

        cleanup:
        between?.close()
    }

    /** Until the run waits for a lock. */
    private void awaitWaiting() {
        def deadline = System.nanoTime() + 60_000_000_000L
        while (sandbox.sql { it.firstRow("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")[0] } == 0) {
            assert System.nanoTime() < deadline: 'the run never waited for the row'
            LockSupport.parkNanos(10_000_000)
        }
    }
}
