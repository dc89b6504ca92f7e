package dev.backfill.scripts

import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Launch
import dev.backfill.sandbox.Sandbox
import dev.backfill.sandbox.cli.SandboxEntry
import dev.backfill.sandbox.plan.Size
import groovy.json.JsonSlurper
import groovy.sql.Sql

import java.nio.file.Path

/** The sandbox of warehouse-stock, with short ways to its files and tables. */
class WarehouseSandbox implements AutoCloseable {
    static final Path SCRIPT = Path.of('..', 'scripts', 'warehouse-stock.groovy')

    @Delegate(excludes = ['close', 'variables'])
    final Sandbox sandbox = new Sandbox(
            (Launch.entry(Path.of('..', 'scripts', 'sandbox', 'warehouse-stock.groovy'), [:]) as SandboxEntry).declaration())
    Path lake

    static WarehouseSandbox filled(Path lake, int products) {
        def started = new WarehouseSandbox(lake: lake)
        started.start(System.getenv())
        started.fill(new Size(products, 3))
        started
    }

    Map<String, String> variables(Map<String, String> more = [:]) {
        sandbox.variables() + more
    }

    /** Runs a command of the script and gives what it told. */
    InventorySandbox.Told run(List<String> arguments, Map<String, String> more = [:]) {
        def all = arguments + ['--output-dir', lake as String]
        def out = new StringWriter()
        def err = new StringWriter()
        def code = BackfillCommand.execute(Launch.load(SCRIPT, all, variables(more)), all, new PrintWriter(out), new PrintWriter(err))
        new InventorySandbox.Told(code, out.toString(), err.toString())
    }

    Map json(String name) {
        new JsonSlurper().parse(lake.resolve(name).toFile()) as Map
    }

    def <T> T sql(@groovy.transform.stc.ClosureParams(value = groovy.transform.stc.SimpleType, options = 'groovy.sql.Sql') Closure<T> work) {
        Sql.newInstance(sandbox.postgres().dataSource()).withCloseable(work)
    }

    /** All rows that the script may write, in every column. */
    List<String> tables() {
        sql { db -> (db.rows('select * from warehouses order by id') + db.rows('select * from warehouse_stock order by id'))*.toString() }
    }

    @Override
    void close() {
        sandbox.close()
    }
}
