create table products (
    id text primary key, sku text not null, name text not null, description text, brand text, category text not null,
    price_cents bigint not null, currency text not null, stock integer not null, weight_grams integer, tags text not null,
    published boolean not null, created_at timestamptz, updated_at timestamptz not null, deleted_at bigint);

-- Ids of the forms that the sandbox has, in no order; one row in twenty was deleted before.
insert into products
select
    case when n % 997 = 0 then 'Ärmel & Söhne/' || n || ' "neu", it''s 100%'
         when n % 10 < 4 then (100000 + n)::text
         when n % 10 < 7 then md5('product ' || n)::uuid::text
         when n % 10 < 9 then 'SKU-' || lpad(n::text, 8, '0')
         else 'blue_Shirt-' || n || '.v2' end,
    'S' || lpad(n::text, 9, '0'), 'Product number ' || n, repeat('Made to last. ', 1 + n % 9), 'brand ' || n % 400,
    'category ' || n % 60, 99 + n::bigint * 7919 % 99900, 'CLP', n % 500, 5 + n % 30000, 'tag' || n % 7 || ',tag' || n % 11, n % 20 > 0,
    case when n % 33 > 0 then timestamptz '2016-03-01Z' + n::bigint * 7919 % 315000000 * interval '1 second' end,
    timestamptz '2026-03-01Z', case when n % 20 = 7 then 1460000000 + n end
from generate_series(1, :rows) n order by hashint8(n);
