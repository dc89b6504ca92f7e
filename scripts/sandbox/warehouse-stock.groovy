///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-sandbox
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// Products of a shop of which Relbase knows the stock; two warehouses that were entered by hand long ago, and stock that was.
sandbox('warehouse-stock') {
    about   'a shop that keeps its stock in thirteen warehouses'
    script  'scripts/warehouse-stock.groovy'
    rows    400
    relbase perSecond: 600
    again()

    postgres {
        sql '''
            create table products (id serial primary key, external_id bigint, sku text not null, name text not null, category text,
                source varchar(20) not null default 'relbase', is_active boolean not null default true);
            insert into products (external_id, sku, name, category)
            select 5000 + n, 'BAKC_U' || lpad((5000 + n)::text, 5, '0'), 'Product number ' || n, 'category ' || n % 7
            from generate_series(1, sandbox.rows()) n;
            insert into products (external_id, sku, name, is_active, source) values
                (4000, 'OLD-1', 'No longer sold', false, 'relbase'), (null, 'OWN-1', 'Not in Relbase', true, 'relbase'),
                (4001, 'SHOP-1', 'From the shop', true, 'shopify');
            create table product_catalog (product_id integer primary key references products);
            insert into product_catalog select id from products where external_id % 4 = 0;

            create table warehouses (id serial primary key, code varchar(50) not null unique check (code ~ '^[a-z_]+$'),
                name varchar(255) not null, location text,
                update_method varchar(20) not null default 'manual_upload' check (update_method in ('manual_upload', 'api')),
                is_active boolean not null default true, external_id bigint, source varchar(50) not null default 'relbase',
                created_at timestamptz not null default now(), updated_at timestamptz not null default now());
            create unique index warehouses_external on warehouses (external_id, source) where external_id is not null;
            insert into warehouses (code, name) values
                ('packner', 'Packner'), ('amplifica_santiago', 'AMPLIFICA SANTIAGO CENTRO'), ('temuco', 'Temuco (bodega)');

            create table warehouse_stock (id serial primary key, product_id integer not null references products,
                warehouse_id integer not null references warehouses, quantity integer not null, lot_number varchar(100),
                expiration_date date, last_updated timestamptz not null default now(), updated_by varchar(100),
                unique (product_id, warehouse_id, lot_number));
            insert into warehouse_stock (product_id, warehouse_id, quantity, lot_number, updated_by)
            select id, 1, 10, 'HAND-1', 'ops@shop' from products where id <= 20;

            create view warehouse_stock_by_lot as
            select p.sku, p.name as product_name, p.category, w.code as warehouse_code, w.name as warehouse_name, s.quantity,
                   s.lot_number, s.expiration_date, s.expiration_date - current_date as days_to_expiration,
                   case when s.expiration_date is null then 'No Date' when s.expiration_date < current_date then 'Expired'
                        when s.expiration_date <= current_date + 30 then 'Expiring Soon' else 'Valid' end as expiration_status,
                   s.last_updated, s.updated_by
            from warehouse_stock s join products p on p.id = s.product_id join warehouses w on w.id = s.warehouse_id
            where p.is_active and w.is_active;
        '''
    }

    check 'every warehouse of Relbase has a row and a code of its own', '''
        select 'only ' || count(*) || ' warehouses' from warehouses where external_id is not null having count(*) <> 13
    '''
    check 'a warehouse that was entered by hand is found by its name, and not doubled', '''
        select name from warehouses group by name having count(*) > 1
        union all select name from warehouses where id = 2 and external_id is distinct from 1910
    '''
    check 'stock that was entered by hand is as it was', '''
        select id from before.warehouse_stock was left join warehouse_stock now using (id)
        where (was.quantity, was.lot_number, was.updated_by) is distinct from (now.quantity, now.lot_number, now.updated_by)
    '''
    check 'no lot is there twice, also none without a number', '''
        select product_id, warehouse_id, lot_number from warehouse_stock group by 1, 2, 3 having count(*) > 1
    '''
    check 'only products that are active, and of Relbase, have stock of Relbase', '''
        select s.id from warehouse_stock s join products p on p.id = s.product_id
        where s.updated_by = 'relbase_api' and (p.source <> 'relbase' or p.external_id is null or not p.is_active)
    '''
    show 'lots from Relbase', "select count(*) from warehouse_stock where updated_by = 'relbase_api'"
    show 'of them have no number', "select count(*) from warehouse_stock where lot_number is null"
    show 'units in stock', 'select sum(quantity) from warehouse_stock'
}
