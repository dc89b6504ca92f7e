///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-dsl:0.1.0
//DEPS dev.backfill:backfill-http:0.1.0
//DEPS dev.backfill:backfill-files:0.1.0
//DEPS dev.backfill:backfill-postgres:0.1.0
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// Every night: lots and expiry dates from the Relbase API into JSON files (the backup of last night), then into
// PostgreSQL. Two steps, also run alone: warehouse-stock.groovy download, warehouse-stock.groovy upload. Ask: logistics.
backfill('warehouse-stock') {
    about 'loads the lots and expiry dates of every warehouse from Relbase'

    def relbase = http(env('RELBASE_URL', 'https://api.relbase.cl')) {
        header   'company', secret('RELBASE_COMPANY_TOKEN')
        header   'authorization', secret('RELBASE_USER_TOKEN')
        throttle { rate env('RELBASE_RATE', 6); concurrency 4; sharedVia env('RELBASE_RATE_FILE', '') }
        pages    { byNext 'meta.next_page', optional: true }
    }
    def db         = postgres(secret('DATABASE_URL'))
    def warehouses = db.table('warehouses').key('external_id', 'source')
    def stock      = db.table('warehouse_stock').key('product_id', 'warehouse_id', 'lot_number')
    def products   = db.table('products').key('id').where("source = 'relbase'")
    def lake       = option('output-dir', env('RELBASE_DATA_LAKE', '/tmp/relbase_data_lake'), 'where download writes its files')
    def output     = files(lake)
    def data       = files(option('data-dir', lake, 'where upload reads its files')).orFail("run the step 'download' first, which makes it")
    def replace    = option('replace', '', 'relbase or warehouse:ID: also deletes what is no longer there; loads nothing else')
    def replaced   = replacedRows(replace, option('all-sources', false, 'with --replace: hand-entered stock as well'))
    def partial    = option('accept-partial', false, 'with --replace: from a download with errors, gaps, or older than a day')
    def catalogued = option('active-only', false, 'only products of the catalogue')
    def asked      = products.where('external_id is not null and is_active')
            .where('id in (select product_id from product_catalog)', when: catalogued)
            .select('external_id', 'sku', 'name')
            .orFail("Products not found in DB: none is active, of source 'relbase' and with an external_id; sync the products first")
    def downloaded = data.readJson('warehouses.json', 'warehouses').select('id', 'name', 'address', 'enabled')

    checkpoint file(lake)

    step('download') {
        phase('warehouses') {
            source relbase.get('/api/v1/bodegas').items('data.warehouses')
            sink   output.writeJson('warehouses.json', 'warehouses').envelope { t -> head('/api/v1/bodegas', t) + [count: t.written] }
        }
        phase('products') {
            when   !option('skip-products', false, 'leaves out the list of products')
            source relbase.get('/api/v1/productos').items('data.products')
            sink   output.writeJson('products_from_api.json', 'products').envelope { t -> head('/api/v1/productos', t) + [count: t.written] }
        }
        phase('lots') {
            batch     1
            source    relbase.get('/api/v1/productos/{product.external_id}/lotes_series/{warehouse.id}')
                    .forEach(product: asked, warehouse: output.readJson('warehouses.json', 'warehouses').select('id', 'name'))
                    .response('lots', 'data.lot_serial_numbers').emptyOn(404)
            logEach    { r -> "$r.product.sku in $r.warehouse.name: ${r.lots.size()} lots" }
            count('total_lots') { r -> r.lots.size() }
            transform { r -> r.lots ? stockRecord(r) : null }
            sink      output.writeJson('warehouse_stock_lots.json', 'stock_records').gathering('stock.jsonl.part')
                    .sorted('product_id', 'warehouse_id')
                    .envelope { t -> head('/api/v1/productos/{product}/lotes_series/{warehouse}', t) + [statistics: lotStatistics(t)] }
        }
        summary(output.writeJson('download_summary.json')) { t ->
            [download_completed_at: t.finished, files_created: filesCreated(t), statistics: lotStatistics(t.phases.lots)]
        }
    }

    step('upload') {
        phase('warehouses') {
            source    downloaded
            transform { w -> [external_id: w.id, source: 'relbase', code: warehouseCode(w.name), name: w.name, location: w.address,
                              is_active: w.enabled, update_method: 'api'] }
            sink      warehouses.upsert('code', 'name', 'location', 'is_active', 'update_method').touching('updated_at')
                    .fallbackKey('name', 'code').suffixDuplicates('code')
        }
        phase('stock') {
            batch     5000
            source    data.readJson('warehouse_stock_lots.json', 'stock_records').unnest('lots')
                    .select('product_id', 'warehouse_id', 'lot_serial_number', 'stock', 'expiration_date')
                    .key('product_id', 'warehouse_id', 'lot_serial_number')
                    .check { head -> replaced && !partial ? whyNot(head, db, downloaded.count()) : [] }
            exclude   { lot -> replace.startsWith('warehouse:') && replace != "warehouse:$lot.warehouse_id" }
            exclude   products.where('id not in (select product_id from product_catalog)').by('external_id'), on: 'product_id', when: catalogued
            lookup    'product', products.by('external_id').select('id'), on: 'product_id', orReject: 'Product not found in DB: external_id='
            lookup    'warehouse', db.table('warehouses').where("source = 'relbase'").by('external_id').select('id'), on: 'warehouse_id',
                      orReject: 'Warehouse not found in DB: external_id='
            reject    { lot -> lot.stock == null || lot.stock < 0 ? "the stock of lot $lot.lot_serial_number is $lot.stock" : null }
            transform { lot -> [product_id: lot.product.id, warehouse_id: lot.warehouse.id, lot_number: lot.lot_serial_number,
                                quantity: lot.stock, expiration_date: lot.expiration_date, updated_by: 'relbase_api'] }
            sink      stock.upsert('quantity', 'expiration_date', 'updated_by').touching('last_updated').replaceWhere(replaced)
        }
        summary(data.writeJson('upload_summary.json')) { t ->
            [upload_completed_at: t.finished, dry_run: t.dryRun, statistics: [
                warehouses: [created: t.phases.warehouses.added, updated: t.phases.warehouses.changed,
                             skipped: t.phases.warehouses.unchanged + t.phases.warehouses.rejected],
                stock: [lots_inserted: t.phases.stock.added, lots_updated: t.phases.stock.changed, errors: t.phases.stock.rejected,
                        lots_no_longer_in_relbase: lots(db, replaced) - t.phases.stock.written - t.phases.stock.unchanged]]]
        }
    }

    validate {
        compareSums('upload.stock', by: 'warehouse_id', actual: { stockByWarehouse(db, catalogued) }) { lot ->
            [products: "$lot.product_id", lots: 1, units: lot.quantity, with_a_number: lot.lot_number == null ? 0 : 1]
        }
        show('stock from Relbase, by warehouse') { stockByWarehouse(db, catalogued) }
    }
}

Map head(endpoint, totals) { [source: 'relbase', endpoint: endpoint, fetched_at: totals.started] }

Map stockRecord(r) {
    [product_id: r.product.external_id, warehouse_id: r.warehouse.id, lots: r.lots, fetched_at: now(), product_sku: r.product.sku,
     product_name: r.product.name, warehouse_name: r.warehouse.name]
}

Map lotStatistics(t) {
    [combinations_checked: t.read, combinations_with_lots: t.written, total_lots: t.counts.total_lots, errors: t.rejected,
     elapsed_minutes: t.minutes]
}

List filesCreated(t) {
    ['warehouses.json', *(t.phases.products.read ? ['products_from_api.json'] : []), 'warehouse_stock_lots.json']
}

/** 'AMPLIFICA SANTIAGO-CENTRO 2' -> 'amplifica_santiago_centro'; a name without a letter -> 'warehouse'. */
String warehouseCode(name) {
    def plain = withoutAccents(name).toLowerCase(Locale.ROOT).replaceAll(/[\s-]+/, '_').replaceAll(/[^a-z_]/, '')
    plain.replaceAll(/_+/, '_').replaceAll(/^_|_$/, '') ?: 'warehouse'
}

/** What --replace deletes, as a condition on warehouse_stock; nothing if it is not given. */
String replacedRows(String what, boolean allSources) {
    if (!what) {
        return ''
    }
    assert what ==~ /relbase|warehouse:\d{1,18}/: "--replace must be relbase or warehouse:ID, but is '$what'"
    def one = what == 'relbase' ? '' : " and external_id = ${what - 'warehouse:'}"
    (allSources ? '' : "updated_by = 'relbase_api' and ") + "warehouse_id in (select id from warehouses where source = 'relbase'$one)"
}

/** Why a download is not good enough to delete what it does not have. */
List<String> whyNot(head, db, warehouses) {
    def found = head.statistics
    def products = db.sql.firstRow("select count(*) as n from products where source = 'relbase' and external_id is not null and is_active").n
    def age = now().epochSecond - instant(head.fetched_at).epochSecond
    def reasons = [
        found.errors ? "it had $found.errors errors" : null,
        found.combinations_checked < products * warehouses
                ? "it covers $found.combinations_checked of ${products * warehouses} combinations of product and warehouse" +
                    ', as one with --active-only does' : null,
        age > 24 * 3600 ? "it is ${age.intdiv(3600)} hours old" : null]
    reasons.findAll() ? reasons.findAll() + ['download again, or give --accept-partial'] : []
}

List stockByWarehouse(db, catalogued) {
    db.sql.rows("""select w.id as warehouse_id, w.code as warehouse, count(distinct s.product_id) as products, count(s.id) as lots,
                          sum(s.quantity) as units, count(s.lot_number) as with_a_number
                   from warehouses w left join warehouse_stock s on s.warehouse_id = w.id and s.updated_by = 'relbase_api'
                        and (not $catalogued or s.product_id in (select product_id from product_catalog))
                   where w.source = 'relbase' and w.external_id is not null group by w.id order by w.code""")
}

long lots(db, String replaced) {
    db.sql.firstRow("select count(*) as n from warehouse_stock where " + (replaced ?: "updated_by = 'relbase_api'")).n
}
