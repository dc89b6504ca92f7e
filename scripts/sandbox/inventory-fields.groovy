///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-sandbox
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// Products as production has them: ids of many forms, created_at null here and there, some deleted long ago,
// some not in search; and documents in search whose product is gone.
sandbox('inventory-fields') {
    about     'a shop after ten years'
    script    'scripts/inventory-fields.groovy', SLEEP_BETWEEN_BATCHES: 0
    variables TYPESENSE_COLLECTION: 'products_search', MONGO_CHECKPOINT_COLLECTION: 'inventory_backfill_checkpoint',
              BATCH_SIZE: 1000, TYPESENSE_PAGE_SIZE: 250
    mongodb()

    postgres {
        sql '''
            create table public.products (
                id text primary key, sku text not null unique, name text not null, description text, brand text,
                category text not null, price_cents bigint not null, currency char(3) not null, stock integer not null,
                weight_grams integer, tags text[] not null, attributes jsonb not null, published boolean not null,
                created_at timestamptz, updated_at timestamptz not null, deleted_at bigint);

            insert into public.products
            select
                case when n % 997 = 0 then 'Ärmel & Söhne/' || n || ' "neu", it''s 100%'
                     when sandbox.chance(n, 'id') < 0.4 then (100000 + n)::text
                     when sandbox.chance(n, 'id') < 0.7 then md5('product ' || n)::uuid::text
                     when sandbox.chance(n, 'id') < 0.9 then 'SKU-' || lpad(n::text, 8, '0')
                     else 'blue_Shirt-' || n || '.v2' end,
                'S' || lpad(n::text, 9, '0'),
                'Product number ' || n,
                case when sandbox.chance(n, 'description') < 0.9
                     then repeat('Made to last. ', sandbox.number(n, 'words', 1, 12)::int) end,
                case when sandbox.chance(n, 'brand') < 0.8 then 'brand ' || sandbox.number(n, 'which brand', 1, 400) end,
                'category ' || sandbox.number(n, 'category', 1, 60),
                sandbox.number(n, 'price', 99, 99999), 'CLP', sandbox.number(n, 'stock', 0, 500),
                sandbox.number(n, 'weight', 5, 30000), array['tag' || n % 7, 'tag' || n % 11],
                jsonb_build_object('colour', n % 13, 'size', n % 5), sandbox.chance(n, 'published') < 0.95,
                case when n % 5003 = 0 then timestamptz '1969-07-20 20:17:40.5Z'
                     when n % 7001 = 0 then timestamptz '1970-01-01 00:00:00Z'
                     when sandbox.chance(n, 'undated') >= 0.03
                     then timestamptz '2016-03-01 00:00:00Z' + sandbox.chance(n, 'created') * interval '3650 days' end,
                timestamptz '2026-03-01 00:00:00Z',
                case when n % 8009 = 0 then 1
                     when sandbox.chance(n, 'deleted') < 0.05 then sandbox.number(n, 'when', 1460000000, 1770000000)
                     when sandbox.chance(n, 'deleted') < 0.06 then 0 end
            from generate_series(1, sandbox.rows()) n;

            create index products_category on public.products (category);
            create function public.touch() returns trigger language plpgsql as
                $$ begin new.updated_at := now(); return new; end $$;
            create trigger touch before update on public.products for each row execute function public.touch();
        '''
    }

    typesense {
        collection('products_search') {
            fields name: 'string', brand: 'string?', category: 'string', price_cents: 'int64', in_stock: 'bool'
            documents '''
                select id, name, brand, category, price_cents, stock > 0 as in_stock, null::bigint as created_at,
                       case when deleted_at > 0 and price_cents % 10 = 0 then 0 end::bigint as deleted_at
                from public.products where price_cents % 14 > 0
                union all
                select 'gone-' || n, 'A product that is gone', null, 'category 1', n, false,
                       case when n % 3 = 0 or n % 5 = 0 then 1460000000 + n end, case when n % 3 = 0 then 1500000000 + n end
                from generate_series(1, greatest(1, sandbox.rows() / 50)) n
            '''
        }
    }

    check 'every product has a deleted_at: what it had, or 0', '''
        select id, was.deleted_at as was, now.deleted_at as now
        from before.products was left join public.products now using (id)
        where now.deleted_at is distinct from coalesce(was.deleted_at, 0)
    '''
    check 'nothing else of a product has changed', '''
        select id from before.products was full join public.products now using (id)
        where (was.sku, was.name, was.description, was.brand, was.category, was.price_cents, was.currency, was.stock,
               was.weight_grams, was.tags, was.attributes, was.published, was.created_at)
            is distinct from
              (now.sku, now.name, now.description, now.brand, now.category, now.price_cents, now.currency, now.stock,
               now.weight_grams, now.tags, now.attributes, now.published, now.created_at)
    '''
    check 'every document of a product has its created_at and deleted_at', '''
        select id, document, created_at, deleted_at from after.products_search join public.products using (id)
        where (document -> 'created_at')::bigint is distinct from coalesce(floor(extract(epoch from created_at)), 0)
           or (document -> 'deleted_at')::bigint is distinct from deleted_at
    '''
    check 'every document without a product has both: what it had, or 0', '''
        select id, was.document as was, now.document as now
        from before.products_search was left join after.products_search now using (id)
        where not exists (select from public.products where products.id = was.id)
          and now.document is distinct from '{"created_at": 0, "deleted_at": 0}' || was.document
    '''
    check 'nothing else of a document has changed, and none came or went', '''
        select id, was.document as was, now.document as now
        from before.products_search was full join after.products_search now using (id)
        where was.document - 'created_at' - 'deleted_at' is distinct from now.document - 'created_at' - 'deleted_at'
    '''
    check 'the checkpoint is done, with true counts', '''
        select expected, document from (select jsonb_build_object(
                '_id', 'backfill_inventory_fields',
                'phase', 2,
                'last_id', (select max(id) from public.products),
                'total_processed', (select count(*) from before.products) + (select count(*) from before.products_search),
                'updated_supabase', (select count(*) from before.products where deleted_at is null),
                'updated_typesense', (select count(*) from before.products_search join before.products using (id)),
                'default_set_count', (select count(*) from before.products_search
                    where id like 'gone-%' and not document ?& array['created_at', 'deleted_at'])) as expected) them
        left join after.inventory_backfill_checkpoint on document ->> '_id' = 'backfill_inventory_fields'
        where document @> expected is not true
    '''
    show 'products', 'select count(*) from public.products'
    show 'of them were deleted before and still are', 'select count(*) from public.products where deleted_at > 0'
    show 'products have no document', '''
        select count(*) from public.products
        where not exists (select from after.products_search where products_search.id = products.id)
    '''
    show 'documents have no product', '''
        select count(*) from after.products_search
        where not exists (select from public.products where products.id = products_search.id)
    '''
}
