package dev.backfill.scripts

import groovy.json.JsonOutput
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path

/** The real script in its sandbox. */
@Timeout(300)
class WarehouseStockSpec extends Specification {
    @TempDir
    Path lake

    @Shared @AutoCleanup WarehouseSandbox sandbox = WarehouseSandbox.filled(null, 30)

    def setup() {
        sandbox.lake = lake
        sandbox.sql { db ->
            db.execute "delete from warehouse_stock where updated_by = 'relbase_api'"
            db.execute 'delete from warehouses where id > 3'
            db.execute "update warehouses set external_id = null, code = case id when 1 then 'packner' when 2 then 'amplifica_santiago' else 'temuco' end"
        }
    }

    /** Files as they were made by the earlier script, by hand. */
    private void write(List<Map> records, List<Map> warehouses = [[id: 1910, name: 'AMPLIFICA SANTIAGO CENTRO', address: 'Calle 1', enabled: true]]) {
        lake.resolve('warehouses.json').toFile().text = JsonOutput.prettyPrint(JsonOutput.toJson([
            source: 'relbase', endpoint: '/api/v1/bodegas', fetched_at: '2026-11-24T02:00:00.123456', count: warehouses.size(), warehouses: warehouses]))
        lake.resolve('warehouse_stock_lots.json').toFile().text = JsonOutput.toJson([
            source: 'relbase', endpoint: 'x', fetched_at: '2026-11-24T02:10:00.123456',
            statistics: [combinations_checked: 390, combinations_with_lots: records.size(), total_lots: 1, errors: 0, elapsed_minutes: 14.7],
            stock_records: records])
    }

    private static Map record(long product, List<Map> lots, long warehouse = 1910) {
        [product_id: product, warehouse_id: warehouse, lots: lots, fetched_at: '2026-11-24T02:05:00', product_sku: 'X', product_name: 'x', warehouse_name: 'y']
    }

    private static Map lot(Object number, Object stock = 5, Object date = '2026-07-01') {
        [lot_serial_number: number, stock: stock, expiration_date: date]
    }

    private List<List<Object>> stock() {
        sandbox.sql { db ->
            db.rows("select p.external_id, s.lot_number, s.quantity, s.expiration_date::text as date from warehouse_stock s join products p on p.id = s.product_id where s.updated_by = 'relbase_api' order by 1, 2, 3, 4, s.warehouse_id")
                    .collect { [it.external_id, it.lot_number, it.quantity, it.date] }
        }
    }

    def "a whole run has all combinations in files of the documented shapes and in the tables; a second one changes nothing"() {
        when:
        def first = sandbox.run(['--quiet'])
        def statistics = json('warehouse_stock_lots.json').statistics
        def calls = sandbox.relbase().get().calls()

        then:
        first.code == 0
        Files.list(lake).map { it.fileName as String }.filter { it.endsWith('.json') && !it.startsWith('warehouse-stock') }.sorted().toList() ==
                ['download_summary.json', 'products_from_api.json', 'upload_summary.json', 'warehouse_stock_lots.json', 'warehouses.json']
        json('warehouses.json').keySet().toList() == ['source', 'endpoint', 'fetched_at', 'count', 'warehouses']
        json('warehouses.json').warehouses.size() == 13 && json('warehouses.json').count == 13
        json('products_from_api.json').products.size() == 30
        json('warehouse_stock_lots.json').keySet().toList() == ['source', 'endpoint', 'fetched_at', 'statistics', 'stock_records']
        statistics.keySet().toList() == ['combinations_checked', 'combinations_with_lots', 'total_lots', 'errors', 'elapsed_minutes']
        statistics.combinations_checked == 30 * 13
        statistics.errors == 0
        json('warehouse_stock_lots.json').stock_records.every {
            it.keySet().toList() == ['product_id', 'warehouse_id', 'lots', 'fetched_at', 'product_sku', 'product_name', 'warehouse_name']
        }
        json('warehouse_stock_lots.json').stock_records.collect { [it.product_id, it.warehouse_id] }.with { all -> all == all.sort(false) { a, b -> a[0] <=> b[0] ?: a[1] <=> b[1] } }
        json('warehouse_stock_lots.json').stock_records*.lots*.size().sum() == statistics.total_lots
        json('download_summary.json').keySet().toList() == ['download_completed_at', 'files_created', 'statistics']
        json('upload_summary.json').statistics.warehouses == [created: 11, updated: 2, skipped: 0]
        json('upload_summary.json').statistics.stock.lots_inserted + json('upload_summary.json').statistics.stock.lots_updated <= statistics.total_lots
        calls.asked().count { it.key.contains('lotes_series') } == 30 * 13
        calls.refused() == 0

        when:
        def before = sandbox.tables()
        def file = json('warehouse_stock_lots.json')
        sandbox.remember()
        def second = sandbox.run(['--quiet', '--restart'])

        then:
        second.code == 0
        sandbox.tables() == before
        same(json('warehouse_stock_lots.json')) == same(file)
        json('upload_summary.json').statistics.warehouses == [created: 0, updated: 0, skipped: 13]
        json('upload_summary.json').statistics.stock.subMap('lots_inserted', 'lots_updated', 'errors') == [lots_inserted: 0, lots_updated: 0, errors: 0]

        and:
        sandbox.run(['validate']).code == 0
        sandbox.inspect().holds()
    }

    private Map json(String name) { sandbox.json(name) }

    /** What must be equal in equal runs. */
    private static Map same(Map file) {
        file.subMap('source', 'endpoint') + [statistics: file.statistics - [elapsed_minutes: file.statistics.elapsed_minutes],
            records: file.stock_records.collect { it - [fetched_at: it.fetched_at] }]
    }

    def "files made by hand load alone, with equal codes, names without letters, and lots without number or date"() {
        given:
        write([record(5001, [lot('222', 30), lot(null, 2, null)]), record(5002, [lot('a', 0)], 7)],
                [[id: 20, name: '77', address: null, enabled: true], [id: 9, name: 'Depósito-Norte  1', address: 'b', enabled: true],
                 [id: 10, name: 'DEPOSITO NORTE 2', address: 'c', enabled: false], [id: 7, name: '2026', address: 'd', enabled: true],
                 [id: 1910, name: 'AMPLIFICA SANTIAGO CENTRO', address: 'e', enabled: true]])

        when:
        def told = sandbox.run(['upload', '--quiet'])

        then:
        told.code == 0
        sandbox.sql { it.rows('select external_id, code, is_active from warehouses where external_id is not null order by 1').collect { [it[0], it[1], it[2]] } } ==
                [[7, 'warehouse', true], [9, 'deposito_norte', true], [10, 'deposito_norte_b', false], [20, 'warehouse_b', true], [1910, 'amplifica_santiago_centro', true]]
        stock() == [[5001, '222', 30, '2026-07-01'], [5001, null, 2, null], [5002, 'a', 0, '2026-07-01']]

        when:
        def before = sandbox.tables()
        def again = sandbox.run(['upload', '--restart', '--quiet'])

        then:
        again.code == 0
        sandbox.tables() == before
    }

    def "what cannot be loaded is a dead letter that says why, and the rest is loaded: #what"() {
        given:
        write([record(5001, [lot('good')]), bad])

        when:
        def told = sandbox.run(['upload', '--quiet'])
        def letters = sandbox.run(['status', '--dead-letters'])

        then:
        told.code == 3
        stock()*.get(1) == ['good']
        letters.out.contains(reason)
        json('upload_summary.json').statistics.stock.errors == 1

        where:
        what                  | bad                                          || reason
        'unknown product'     | record(99, [lot('x')])                       || 'Product not found in DB: external_id=99'
        'unknown warehouse'   | record(5002, [lot('x')], 4711)               || 'Warehouse not found in DB: external_id=4711'
        'negative stock'      | record(5002, [lot('x', -3)])                 || 'the stock of lot x is -3'
        'no stock'            | record(5002, [lot('x', null)])               || 'the stock of lot x is null'
        'no such day'         | record(5002, [lot('x', 1, '2026-02-31')])    || '2026-02-31'
        'no lots'             | [product_id: 5002, warehouse_id: 1910]       || "it has no list 'lots'"
    }

    def "the same lot twice in a batch counts once, the last of them"() {
        given:
        write([record(5001, [lot('a', 1), lot('a', 9)]), record(5001, [lot(null, 1), lot(null, 4)])])

        expect:
        sandbox.run(['upload', '--quiet']).code == 0
        stock()*.get(2) == [9, 4]
    }

    def "missing and cut files are refused with the step to run, before anything is written"() {
        when:
        def missing = sandbox.run(['upload', '--quiet'])

        then:
        missing.code == 1
        missing.err.contains('warehouses.json: there is no such file')
        missing.err.contains("run the step 'download' first")

        when: 'the script is given options of its own'
        def elsewhere = sandbox.run(['upload', '--quiet', '--data-dir', '/nowhere/a lake', '--active-only'])

        then: 'a next start is told with them'
        elsewhere.code == 1
        elsewhere.out =~ /resume with: .* --phase upload --output-dir \S+ --data-dir '\/nowhere\/a lake' --active-only\n/

        when:
        write([record(5001, [lot('a')]), record(5002, [lot('a')])])
        def file = lake.resolve('warehouse_stock_lots.json').toFile()
        file.text = file.text[0..-20]
        def cut = sandbox.run(['upload', '--quiet'])

        then:
        cut.code == 1
        cut.err.contains('the file is cut: it ends at line 1')
        stock().empty
    }

    def "a wrong token ends it at once, with the variables to check"() {
        when:
        def told = sandbox.run(['download', '--quiet'], [RELBASE_USER_TOKEN: 'wr0ng'])

        then:
        told.code == 1
        told.err.contains('check RELBASE_COMPANY_TOKEN, RELBASE_USER_TOKEN')
        !(told.err + told.out).contains('wr0ng')
    }

    def "on a new machine plan and a dry run do what can be done, and say what waits for the download"() {
        given:
        def before = sandbox.tables()

        when:
        def plan = sandbox.run(['plan'])
        def dry = sandbox.run(['--dry-run'])

        then:
        plan.code == 0
        plan.out =~ /download\.lots +unknown/
        plan.out =~ /upload\.stock +unknown/
        plan.out.contains("${lake.resolve('warehouses.json')} will be created by the run")
        plan.out.contains("${lake.resolve('warehouse_stock_lots.json')} will be created by the run")

        and:
        dry.code == 0
        dry.out.contains('download.products: 30 read')
        dry.out.contains("! download.lots was skipped: ${lake.resolve('warehouses.json')} will be created by the run")
        dry.out.contains("! upload.warehouses was skipped: ${lake.resolve('warehouses.json')} will be created by the run")
        dry.out.contains("! upload.stock was skipped: ${lake.resolve('warehouse_stock_lots.json')} will be created by the run")

        and:
        sandbox.tables() == before
        lake.toFile().list().toList() == []
    }

    def "plan of the upload alone on a new machine names the step to run first, and nothing unexpected"() {
        when:
        def told = sandbox.run(['plan', '--phase', 'upload'])

        then:
        told.code == 5
        !told.out.contains('unexpected')
        told.out.contains("there is no such file; run the step 'download' first")
    }

    def "without products there is nothing to ask for, and that is said"() {
        given:
        sandbox.sql { it.execute 'update products set is_active = false' }

        when:
        def told = sandbox.run(['download', '--quiet', '--skip-products'])

        then:
        told.code == 1
        told.err.contains('Products not found in DB')
        told.err.contains('sync the products first')

        cleanup:
        sandbox.sql { it.execute "update products set is_active = external_id <> 4000 or external_id is null" }
    }

    def "only products of the catalogue are asked for, if that is wanted"() {
        when:
        def told = sandbox.run(['download', '--quiet', '--active-only', '--skip-products'])

        then:
        told.code == 0
        json('warehouse_stock_lots.json').statistics.combinations_checked == 7 * 13
        json('download_summary.json').files_created == ['warehouses.json', 'warehouse_stock_lots.json']
    }

    def "--replace deletes what Relbase no longer has, and nothing entered by hand; a bad download is refused"() {
        given:
        assert sandbox.run(['--quiet']).code == 0
        sandbox.sql { it.execute """insert into warehouse_stock (product_id, warehouse_id, quantity, lot_number, updated_by)
            select 1, id, 3, 'GONE', case when external_id = 1855 then 'ops@shop' else 'relbase_api' end from warehouses where external_id in (1855, 1910)""" }
        def wanted = stock().findAll { it[1] != 'GONE' }

        when: 'it was a whole download of today'
        def told = sandbox.run(['upload', '--restart', '--quiet', '--replace', 'relbase'])

        then:
        told.code == 0
        stock() == wanted
        sandbox.sql { it.rows("select updated_by from warehouse_stock where lot_number = 'GONE'")*.updated_by } == ['ops@shop']

        when: 'the file tells of errors, of gaps, or is old'
        def file = lake.resolve('warehouse_stock_lots.json').toFile()
        def was = file.text
        file.text = was.replaceFirst(pattern, with)
        def refused = sandbox.run(['upload', '--restart', '--quiet', '--replace', 'relbase'])

        then:
        refused.code == 1
        refused.err.contains(reason)
        refused.err.contains('--accept-partial')
        stock() == wanted

        and:
        sandbox.run(['upload', '--restart', '--quiet', '--replace', 'relbase', '--accept-partial']).code == 0

        cleanup:
        sandbox.sql { it.execute "delete from warehouse_stock where lot_number = 'GONE'" }

        where:
        pattern                              | with                          || reason
        /"errors" : 0/                       | '"errors" : 2'                || 'it had 2 errors'
        /"combinations_checked" : 390/       | '"combinations_checked" : 389'|| 'it covers 389 of 390 combinations'
        /"fetched_at" : "20\d\d/             | '"fetched_at" : "2019'        || 'hours old'
    }

    def "one warehouse is replaced and loaded, and no other is touched; a wrong word is told"() {
        given:
        def warehouses = [[id: 1910, name: 'AMPLIFICA SANTIAGO CENTRO', address: 'Calle 1', enabled: true],
                          [id: 7, name: 'Norte', address: 'Calle 2', enabled: true]]
        write([record(5001, [lot('new')]), record(5001, [lot('north')], 7)], warehouses)
        sandbox.run(['upload', '--quiet'])
        sandbox.sql { it.execute "update warehouse_stock set lot_number = 'old' || lot_number, quantity = 99" }
        write([record(5001, [lot('new')]), record(99, [lot('x'), lot('north')], 7), record(5001, [lot('north')], 7), record(5001, [lot('z')], 4711)],
              warehouses)

        expect: 'neither the rows nor the mistakes of other warehouses count'
        sandbox.run(['upload', '--restart', '--quiet', '--accept-partial', '--replace', 'warehouse:1910']).code == 0
        stock()*.get(1) == ['new', 'oldnorth']
        json('upload_summary.json').statistics.stock == [lots_inserted: 1, lots_updated: 0, errors: 0, lots_no_longer_in_relbase: 0]
        sandbox.run(['upload', '--restart', '--quiet', '--accept-partial', '--replace', 'warehouse:8']).code == 0
        stock()*.get(1) == ['new', 'oldnorth']
        sandbox.run(['upload', '--restart', '--quiet', '--accept-partial', '--replace', 'warehouse:7']).code == 3
        stock()*.get(1) == ['new', 'north']

        when: 'a lot was entered by hand that Relbase has too'
        sandbox.sql { it.execute "update warehouse_stock set updated_by = 'ops@shop', quantity = 41 where lot_number = 'new'" }

        then: 'it stays, and a dead letter names it'
        sandbox.run(['upload', '--restart', '--quiet', '--accept-partial', '--replace', 'warehouse:1910']).code == 3
        sandbox.sql { it.rows("select updated_by, quantity from warehouse_stock where lot_number = 'new'").collect { [it[0], it[1]] } } == [['ops@shop', 41]]
        sandbox.run(['status', '--dead-letters']).out.contains('a row with this key is not among the rows that replaceWhere(…) replaces')

        and: 'it is replaced if the person says so'
        sandbox.run(['upload', '--restart', '--quiet', '--accept-partial', '--replace', 'warehouse:1910', '--all-sources']).code == 0
        stock()*.get(1) == ['new', 'north']

        when:
        sandbox.run(['upload', '--replace', "warehouse:1' or true"])

        then:
        def refused = thrown Throwable
        refused.message.contains('--replace must be relbase or warehouse:ID')
    }

    def "a dry run writes neither files nor rows"() {
        given:
        write([record(5001, [lot('a')])])
        sandbox.run(['upload', '--quiet'])
        Files.delete(lake.resolve('upload_summary.json'))
        write([record(5001, [lot('a', 7), lot('b')])])
        def before = sandbox.tables()

        when:
        def told = sandbox.run(['upload', '--restart', '--dry-run', '--verbose'])

        then:
        told.code == 0
        told.out =~ /(?m)^  would change in \S*upload_summary.json/
        told.out.replace('\n', ' ') ==~ /.*would change in \S*upload_summary.json.*dry_run +\(new\) +true.*lots_inserted=1, lots_updated=1.*/
        sandbox.tables() == before
        lake.toFile().list().toList().every { !it.contains('summary') }
    }

    def "validate holds the sums of every warehouse against the files, without dead letters and lots that stand there twice"() {
        given:
        write([record(5001, [lot('a', 5), lot(null, 2, null)]), record(5002, [lot('a', 3), lot('a', 4), lot('bad', -1), lot('never', 1, '2026-02-31')]),
               record(99, [lot('x', 50)]), record(5001, [lot('a', 7)], 1855)],
              [[id: 1910, name: 'AMPLIFICA SANTIAGO CENTRO', address: 'a', enabled: true], [id: 1855, name: 'Las Condes', address: 'b', enabled: true]])
        assert sandbox.run(['upload', '--quiet']).code == 3

        when:
        def told = sandbox.run(['validate', '--phase', 'upload'])

        then:
        told.code == 0
        told.out.contains('1 of 1 checks of the script passed')
        told.out.contains('warehouse amplifica_santiago_centro, products 2, lots 3, units 11, with_a_number 2')

        when: 'somebody changes a quantity'
        sandbox.sql { it.execute "update warehouse_stock set quantity = 8 where quantity = 7 and updated_by = 'relbase_api'" }
        def changed = sandbox.run(['validate', '--phase', 'upload'])

        then:
        changed.code == 5
        changed.out.contains("check 'sums of upload.stock by warehouse_id' fails: las_condes: units 7 in the source, 8 held")
        !changed.out.contains('amplifica_santiago_centro: ')

        when: 'a lot stands there that no file has'
        sandbox.sql { it.execute "update warehouse_stock set quantity = 7 where quantity = 8 and updated_by = 'relbase_api'" }
        sandbox.sql { it.execute "insert into warehouse_stock (product_id, warehouse_id, quantity, lot_number, updated_by) select 1, id, 3, 'GONE', 'relbase_api' from warehouses where external_id = 1910" }
        def more = sandbox.run(['validate', '--phase', 'upload', '--json'])

        then:
        more.code == 5
        more.out.contains('amplifica_santiago_centro: lots 3 in the source, 4 held, units 11 in the source, 14 held, with_a_number 2 in the source, 3 held')
    }

    def "validate counts no product outside the catalogue, if only those of it are asked for"() {
        given: 'product 5004 is in the catalogue, product 5001 is not'
        write([record(5001, [lot('a', 5)]), record(5004, [lot('b', 2)])])
        assert sandbox.run(['upload', '--quiet']).code == 0

        when: 'they are in the files still'
        def both = sandbox.run(['validate', '--phase', 'upload', '--active-only'])

        then:
        both.code == 0
        both.out.contains('products 1, lots 1, units 2,')

        when: 'they are in the tables only, from an earlier download'
        write([record(5004, [lot('b', 2)])])

        then:
        sandbox.run(['validate', '--phase', 'upload', '--active-only']).code == 0
        sandbox.run(['validate', '--phase', 'upload']).code == 5
    }

    def "the view tells what expires"() {
        given:
        write([record(5001, [lot('a', 1, null), lot('b', 1, '2020-01-01'), lot('c', 1, '2099-01-01')])])
        sandbox.run(['upload', '--quiet'])

        expect:
        sandbox.sql { it.rows("select lot_number, expiration_status from warehouse_stock_by_lot where updated_by = 'relbase_api' order by 1").collect { [it[0], it[1]] } } ==
                [['a', 'No Date'], ['b', 'Expired'], ['c', 'Valid']]
    }
}
