///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-postgres
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// The bench copies its products with this; the position is kept in the same database, so each row is copied exactly once.
backfill('copy-products') {
    about 'copies all products, tidied, into another table'

    def db = postgres(secret('PG_DSN'))

    checkpoint db
    batch      env('BATCH_SIZE', 5000)

    phase('products') {
        source db.table('public.products').key('id').select('id', 'sku', 'name', 'description', 'brand', 'category',
                'price_cents', 'currency', 'stock', 'weight_grams', 'tags', 'published', 'created_at', 'updated_at', 'deleted_at')
        transform { p ->
            [id: p.id, sku: p.sku.toLowerCase(), name: p.name.trim(), description: p.description, brand: p.brand ?: 'none',
             category: p.category - 'category ', price_cents: p.price_cents + 1, currency: p.currency, stock: Math.max(0, p.stock),
             weight_grams: p.weight_grams, tags: p.tags.replace(',', ' '), published: p.published && p.stock > 0,
             created_at: p.created_at, updated_at: p.updated_at, deleted_at: p.deleted_at ?: 0]
        }
        sink db.table('public.products_copy').key('id').upsert('sku', 'name', 'description', 'brand', 'category',
                'price_cents', 'currency', 'stock', 'weight_grams', 'tags', 'published', 'created_at', 'updated_at', 'deleted_at')
    }
}
