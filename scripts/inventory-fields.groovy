///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-postgres, dev.backfill:backfill-typesense, dev.backfill:backfill-mongodb
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// The application filters every list by `deleted_at < 1` and sorts by `created_at`; older products have neither.
// deleted_at: 0 is active, >= 1 is the Unix second of the deletion, never null. Ask: catalogue team.
backfill('inventory-fields') {
    about 'fills deleted_at in PostgreSQL, and created_at and deleted_at in search'

    def db       = postgres()
    def products = db.table('public.products').key('id')
    def search   = typesense().collection(env('TYPESENSE_COLLECTION', 'products_search'))

    checkpoint(mongodb().collection(env('MONGO_CHECKPOINT_COLLECTION', 'inventory_backfill_checkpoint'))) {
        document 'backfill_inventory_fields'
        phase    'phase'
        batches  'batch_no'
        records  'total_processed'
        counters 'updated_supabase', 'updated_typesense', 'default_set_count'
        legacy   'deleted_at is null or deleted_at >= 1'     // the Python script left failed batches and revived products
    }
    batch    env('BATCH_SIZE', 1000)
    throttle { pause env('SLEEP_BETWEEN_BATCHES', 1.0) }
    ensure   search.int64('created_at', 'deleted_at').optional().indexed().sortable().stored()

    phase('products') {
        source    products.select('id', 'created_at', 'deleted_at'), cursor: 'last_id'
        newRows   catchUp: 'deleted_at is null'
        transform { p -> [id: p.id, created_at: epochSeconds(p.created_at), deleted_at: p.deleted_at ?: 0] }
        sink      products.update('deleted_at').whereNull('deleted_at').acceptExisting('the application deletes products')
                .returning('deleted_at'), countAs: 'updated_supabase'
        sink      search.update('created_at', 'deleted_at'), countAs: 'updated_typesense', countMissingAs: 'missing_in_search'
    }

    phase('search-only') {       // sees every document, so it also repairs those that do not agree with their product
        batch     env('TYPESENSE_PAGE_SIZE', 250)
        source    search.documents('id', 'created_at', 'deleted_at'), cursor: 'last_page'
        lookup    'product', products.by('id').select('created_at', 'deleted_at'), on: 'id'
        transform { d -> corrected(d) }
        repeatUntilStable()
        sink      search.update('created_at', 'deleted_at'), only: { d -> d.search_only }, countAs: 'default_set_count'
        sink      search.update('created_at', 'deleted_at'), only: { d -> !d.search_only }, countAs: 'repaired'
    }
}

/** What the document should contain; null if it does already. */
Map corrected(d) {
    def right = d.product
            ? [created_at: epochSeconds(d.product.created_at), deleted_at: d.product.deleted_at ?: 0]
            : [created_at: d.created_at ?: 0, deleted_at: d.deleted_at ?: 0]
    right.every { field, value -> d[field] == value } ? null : [id: d.id, search_only: !d.product] + right
}
