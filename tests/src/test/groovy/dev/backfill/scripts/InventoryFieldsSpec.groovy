package dev.backfill.scripts

import com.mongodb.client.MongoClients
import dev.backfill.dsl.Launch
import dev.backfill.sandbox.Sandbox
import dev.backfill.sandbox.cli.SandboxEntry
import dev.backfill.sandbox.plan.Size
import groovy.sql.Sql
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The real script in its sandbox, in this process. */
@Stepwise
class InventoryFieldsSpec extends Specification {

    static final Path SCRIPT = Path.of('..', 'scripts', 'inventory-fields.groovy')

    @Shared declaration = (Launch.entry(Path.of('..', 'scripts', 'sandbox', 'inventory-fields.groovy'), [:]) as SandboxEntry).declaration()
    @Shared @AutoCleanup Sandbox sandbox = new Sandbox(declaration)

    def setupSpec() {
        sandbox.start([:])
        sandbox.fill(new Size(10_000, 3))
    }

    def "before the script has run, every check that is about its work fails"() {
        expect:
        sandbox.inspect().findings().findAll { it.holds() }*.sentence() == [
                'nothing else of a product has changed', 'nothing else of a document has changed, and none came or went']
    }

    def "the script does all that the checks ask"() {
        expect:
        run() == 0
        sandbox.inspect().findings().findAll { !it.holds() } == []
    }

    def "a second run ends at once and changes nothing"() {
        given:
        def before = checkpoint()

        expect:
        run() == 0
        checkpoint() == before
        sandbox.inspect().holds()
    }

    def "one product revived, one document changed and one checkpoint moved are found"() {
        when:
        Sql.newInstance(sandbox.postgres().dataSource()).withCloseable {
            it.execute('update products set deleted_at = 0, stock = stock + 1 where id = (select min(id) from products where deleted_at > 0)')
        }
        MongoClients.create(sandbox.mongodb().get().uri()).withCloseable {
            it.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint')
                    .updateOne([:] as org.bson.Document, new org.bson.Document('$inc', [total_processed: 1L] as org.bson.Document))
        }

        then:
        sandbox.inspect().findings().findAll { !it.holds() }*.sentence() == [
                'every product has a deleted_at: what it had, or 0', 'nothing else of a product has changed',
                'every document of a product has its created_at and deleted_at', 'the checkpoint is done, with true counts']
    }

    private int run() {
        Launch.run(SCRIPT, ['--quiet'], sandbox.variables() + [SLEEP_BETWEEN_BATCHES: '0'])
    }

    private String checkpoint() {
        sandbox.inspect()
        Sql.newInstance(sandbox.postgres().dataSource()).withCloseable {
            it.firstRow("select (document - 'backfill')::text from after.inventory_backfill_checkpoint")[0]
        }
    }
}
