///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-http, dev.backfill:backfill-files, dev.backfill:backfill-postgres
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// Every night: lots and expiry dates from Relbase into JSON files (the backup of last night), then into PostgreSQL. Ask: logistics.
backfill('warehouse-stock') {
    about 'loads the lots and expiry dates of every warehouse from Relbase'

    def relbase = http('relbase', env('RELBASE_URL', 'https://api.relbase.cl')) {
        header   'company', secret('RELBASE_COMPANY_TOKEN')
        header   'authorization', secret('RELBASE_USER_TOKEN')
        throttle { rate env('RELBASE_RATE', 6); concurrency 4; sharedVia env('RELBASE_RATE_FILE', '') }
        pages    { byNext 'meta.next_page', optional: true }
    }
    def db         = postgres(secret('DATABASE_URL'))
    def warehouses = db.table('warehouses').key('external_id', 'source')
    def stock      = db.table('warehouse_stock').key('product_id', 'warehouse_id', 'lot_number')
    def ours       = stock.where("updated_by = 'relbase_api'")
    def products   = db.table('products').key('id').where("source = 'relbase'")
    def active     = products.where('external_id is not null and is_active')
    def lake       = option('output-dir', env('RELBASE_DATA_LAKE', '/tmp/relbase_data_lake'), 'where download writes its files')
    def output     = files(lake)
    def data       = files(option('data-dir', lake, 'where upload reads its files')).orFail("run the step 'download' first")
    def catalogued = option('active-only', false, 'only products of the catalogue')
    def replace    = option('replace', '')
    def owned      = option('all-sources', false, 'with --replace: hand-entered stock as well') ? 'true' : "updated_by = 'relbase_api'"
    def replaced   = "$owned and warehouse_id in (select id from warehouses where source = 'relbase'"
    checkpoint file(lake)

    step('download') {
        phase('warehouses') { source relbase.get('/api/v1/bodegas').items('data.warehouses'); sink output.writeJson('warehouses.json', 'warehouses') }
        phase('products') {
            when   !option('skip-products', false, 'leaves out the list of products')
            source relbase.get('/api/v1/productos').items('data.products')
            sink   output.writeJson('products_from_api.json', 'products')
        }
        phase('lots') {
            batch     1
            source    relbase.get('/api/v1/productos/{product.external_id}/lotes_series/{warehouse.id}').forEach(
                    product: active.where('id in (select product_id from product_catalog)', when: catalogued).select('external_id', 'sku', 'name')
                            .orFail('Products not found in DB: none is active and has an external_id; sync the products first'),
                    warehouse: output.readJson('warehouses.json', 'warehouses')).response('lots', 'data.lot_serial_numbers').emptyOn(404)
            logEach   { r -> "$r.product.sku in $r.warehouse.name: ${r.lots.size()} lots" }
            count('total_lots') { r -> r.lots.size() }
            exclude   { r -> r.lots.empty }
            transform { r -> [product_id: r.product.external_id, warehouse_id: r.warehouse.id, lots: r.lots, fetched_at: now(),
                              product_sku: r.product.sku, product_name: r.product.name, warehouse_name: r.warehouse.name] }
            sink      output.writeJson('warehouse_stock_lots.json', 'stock_records').gathering('stock.jsonl.part')
                    .sorted('product_id', 'warehouse_id').envelope { t -> [statistics: statistics(t)] }
        }
        summary(output.writeJson('download_summary.json')) { t -> [files_created: t.files, statistics: statistics(t.phases.lots)] }
    }
    step('upload') {
        phase('warehouses') {
            source    data.readJson('warehouses.json', 'warehouses').select('id', 'name', 'address', 'enabled')
            transform { w -> [external_id: w.id, source: 'relbase', code: slug(w.name.replaceAll(/\d/, ''), '_', 'warehouse'), name: w.name,
                              location: w.address, is_active: w.enabled, update_method: 'api'] }
            sink      warehouses.upsert('code', 'name', 'location', 'is_active', 'update_method').touching('updated_at')
                    .fallbackKey('name', 'code').suffixDuplicates('code')
        }
        phase('stock') {
            batch     5000
            source    data.readJson('warehouse_stock_lots.json', 'stock_records').unnest('lots').key('product_id', 'warehouse_id', 'lot_serial_number')
            exclude   { lot -> replace.startsWith('warehouse:') && replace != "warehouse:$lot.warehouse_id" }
            exclude   products.where('id not in (select product_id from product_catalog)').by('external_id'), on: 'product_id', when: catalogued
            lookup    'product', products.by('external_id').select('id'), on: 'product_id', orReject: 'Product not found in DB: external_id='
            lookup    'warehouse', warehouses.where("source = 'relbase'").by('external_id').select('id'), on: 'warehouse_id', orReject: 'Warehouse not found in DB: external_id='
            reject    { lot -> lot.stock == null || lot.stock < 0 ? "the stock of lot $lot.lot_serial_number is $lot.stock" : null }
            transform { lot -> [product_id: lot.product.id, warehouse_id: lot.warehouse.id, lot_number: lot.lot_serial_number,
                                quantity: lot.stock, expiration_date: lot.expiration_date, updated_by: 'relbase_api'] }
            sink      stock.upsert('quantity', 'expiration_date', 'updated_by').touching('last_updated')
                    .replaceWhere(relbase: "$replaced)", 'warehouse:ID': "$replaced and external_id = :ID)")
                    .expecting('statistics.combinations_checked') { active.count() * data.readJson('warehouses.json', 'warehouses').count() }
        }
        summary(data.writeJson('upload_summary.json')) { t -> [dry_run: t.dryRun, statistics: [
            warehouses: [created: t.phases.warehouses.added, updated: t.phases.warehouses.changed,
                         skipped: t.phases.warehouses.unchanged + t.phases.warehouses.rejected],
            stock: [lots_inserted: t.phases.stock.added, lots_updated: t.phases.stock.changed, errors: t.phases.stock.rejected,
                    lots_no_longer_in_relbase: replace ? 0 : ours.count() - t.phases.stock.written - t.phases.stock.unchanged]]] }
    }
    validate {
        compareSums('upload.stock', by: 'warehouse_id', label: db.table('warehouses').by('id').select('code'),
                target: ours.where('product_id in (select product_id from product_catalog)', when: catalogued)) { lot ->
            [products: "$lot.product_id", lots: 1, units: lot.quantity, with_a_number: lot.lot_number == null ? 0 : 1] }
    }
}

Map statistics(t) { [combinations_checked: t.read, combinations_with_lots: t.written, total_lots: t.counts.total_lots, errors: t.rejected, elapsed_minutes: t.minutes] }
