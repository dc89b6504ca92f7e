///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-sandbox
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// A tea collection after some years: fields named in three ways, teas typed by number and by name, QR records in and outside
// of collections, devices owned by their own word or by the index; and every kind of value that went wrong.
sandbox('fdb-to-postgres') {
    about     'a tea collection after some years, whose app has moved to PostgreSQL'
    script    'scripts/fdb-to-postgres.groovy'
    arguments '--create-schema'
    again()

    postgres {
        sql '''
            create function sandbox.id(kind text, n bigint) returns uuid language sql immutable parallel safe as
                'select md5(kind || n)::uuid';
            create function sandbox.key(prefix text, variadic ids uuid[]) returns bytea language sql immutable parallel safe as
                $$ select convert_to(prefix, 'UTF8') || coalesce((select string_agg(uuid_send(id), '' order by n)
                   from unnest(ids) with ordinality as one(id, n)), '') $$;
            create function sandbox.torn(fields jsonb) returns bytea language sql immutable parallel safe as
                $$ select convert_to(left(fields::text, length(fields::text) / 2), 'UTF8') $$;
            create function sandbox.sizes(out users bigint, out teas bigint, out devices bigint, out collections bigint)
                language sql stable as 'select greatest(100, rows / 10), greatest(100, rows / 20), greatest(200, rows / 12),
                greatest(20, rows / 20) from (select sandbox.rows() as rows) r';

            -- What is in FoundationDB: fault is null for what can be copied as it is.
            create table sandbox.users as
                select n, sandbox.id('user', n) as id, 'apple ' || n as apple_id, n % 3 as names,
                    case n % 1000 when 1 then 'torn' when 2 then 'empty' when 3 then 'no Apple id' when 4 then 'a number' end as fault
                from generate_series(1, (select users from sandbox.sizes())) n;
            create table sandbox.teas as
                select n, sandbox.id('tea', n) as id, case when n % 7 > 0 then 'First flush, "good"' end as description,
                    (array['0', '1', '2', '3', '"tea"', '"herb"', '"coffee"', '"other"', '"matcha"', '17', 'null'])[1 + n % 11]::jsonb as type,
                    (array['tea', 'herb', 'coffee', 'other', 'tea', 'herb', 'coffee', 'other', 'other', 'other', 'other'])[1 + n % 11] as becomes,
                    case n % 1000 when 1 then 'torn' when 2 then 'a list' when 3 then 'no name' end as fault
                from generate_series(1, (select teas from sandbox.sizes())) n;
            create table sandbox.qrs as
                select n, sandbox.id('qr', n) as id, n % 3 as names, 60 + n % 41 as temperature,
                    sandbox.id('tea', 1 + n % (select teas from sandbox.sizes())) as tea_id,
                    case n % 3 when 0 then '0001-01-01T00:00:00Z' when 1 then '2027-03-01T10:00:00.123456+02:00'
                               else '2026-12-31T23:59:59Z' end as expires,
                    case n % 2000 when 1 then 'torn' when 2 then 'empty' when 3 then 'tea is no uuid' when 4 then 'warm'
                                  when 5 then 'some day' when 6 then 'tea is gone' when 7 then 'no text' when 8 then 'no tea' end as fault
                from generate_series(1, greatest(10, sandbox.rows())) n;
            create table sandbox.devices as
                select n, sandbox.id('device', n) as id, 'token ' || case when n % 2000 = 9 then n - 1 else n end as token,
                    sandbox.id('user', 1 + n % (select users from sandbox.sizes())) as owner,
                    n % 2 = 0 as says, n % 2 = 1 or n % 3 = 0 as listed,
                    case n % 2000 when 1 then 'torn' when 2 then 'two owners' when 3 then 'unknown owner' when 5 then 'no owner'
                                  when 7 then 'owner is no uuid' end as fault
                from generate_series(1, (select devices from sandbox.sizes())) n;
            create table sandbox.collections as
                select n, sandbox.id('collection', n) as id, sandbox.id('user', 1 + n % (select users from sandbox.sizes())) as owner
                from generate_series(1, (select collections from sandbox.sizes())) n;
            create table sandbox.consumptions as
                select n, sandbox.id('user', 1 + n % 97) as user_id, sandbox.id('tea', 1 + n % 89) as tea_id,
                    timestamptz '2024-02-29 12:00:00Z' + n * interval '1 minute' + n % 1000 * interval '1 microsecond' as ts
                from generate_series(1, sandbox.rows() / 2) n;

            -- What cannot be copied: the key as it is shown, and what is in the key's place.
            create table sandbox.short as
                select phase, '0x' || encode(key, 'hex') as shown, key from (values
                    ('users', convert_to('users_schema', 'UTF8')), ('users', sandbox.key('u', sandbox.id('user', 1)) || '\\x00'::bytea),
                    ('teas', convert_to('r', 'UTF8')), ('qr_records', convert_to('q7', 'UTF8')),
                    ('devices', convert_to('d-count', 'UTF8')), ('consumptions', sandbox.key('ix', sandbox.id('user', 1)))) s(phase, key);
        '''
    }

    foundationdb {
        records '''
            with json as (
                select sandbox.key('u', id) as key, fault, jsonb_build_object('ID', id, 'JWT', md5(n::text), 'User', n, 'ExpiredAt', 0,
                        (array['AppleID', 'apple_id', 'appleId'])[1 + names], case fault when 'no Apple id' then null else apple_id end)
                        || case fault when 'a number' then '{"AppleID": 12}' else '{}' end::jsonb as fields from sandbox.users
                union all select sandbox.key('r', id), fault, jsonb_build_object('type', type, 'description', description,
                        'name', case fault when 'no name' then null else 'Tea number ' || n end) from sandbox.teas
                union all select sandbox.key('q', id), fault, jsonb_build_object(
                        (array['Tea', 'tea', 'TEA'])[1 + names], case fault when 'tea is no uuid' then 'green' when 'tea is gone'
                            then sandbox.id('gone', n)::text when 'no tea' then '00000000-0000-0000-0000-000000000000' else tea_id::text end,
                        (array['BowlingTemp', 'bowling_temp', 'bowlingTemp'])[1 + names],
                            case fault when 'warm' then '"warm"' else temperature::text end::jsonb,
                        (array['ExpirationDate', 'expiration_date', 'expirationDate'])[1 + names],
                            case fault when 'some day' then 'some day' else expires end) from sandbox.qrs
                union all select sandbox.key('d', id), fault, jsonb_build_object('Token', token) || case
                        when fault = 'unknown owner' then jsonb_build_object('UserID', sandbox.id('nobody', n))
                        when fault = 'owner is no uuid' then '{"UserID": "me"}'
                        when says then jsonb_build_object((array['UserID', 'user_id'])[1 + (n / 2 % 2)::int], owner)
                        when n % 4 = 1 then '{"UserID": "00000000-0000-0000-0000-000000000000"}' else '{}' end from sandbox.devices
                union all select sandbox.key('l', owner, id), null, jsonb_build_object('Name', 'My teas', 'UserID', owner) from sandbox.collections)
            select key, case fault when 'torn' then sandbox.torn(fields) when 'empty' then '' when 'a list' then convert_to('[1, 2]', 'UTF8')
                        when 'no text' then '\\xff00c328'::bytea else convert_to(fields::text, 'UTF8') end as value from json
            union all select sandbox.key('il', sandbox.id('collection', 1 + n % (select collections from sandbox.sizes())), id), uuid_send(id)
                from sandbox.qrs where n % 4 > 0
            union all select sandbox.key('il', sandbox.id('collection', n), sandbox.id('lost', n)), uuid_send(sandbox.id('lost', n)) from generate_series(1, 3) n
            union all select sandbox.key('id', case fault when 'two owners' then sandbox.id('user', 50) else owner end, id), uuid_send(id)
                from sandbox.devices where (listed or fault = 'two owners') and fault is distinct from 'no owner' and fault is distinct from 'unknown owner'
            union all select sandbox.key('ix', user_id) || int8send((extract(epoch from ts) * 1000000)::bigint * 1000 + 400) || uuid_send(tea_id), ''
                from sandbox.consumptions
            union all select key, convert_to('?', 'UTF8') from sandbox.short
        '''
    }

    check 'users are those that can be copied', '''
        select * from (select id, apple_id from sandbox.users where fault is null) was full join public.users now using (id)
        where was.apple_id is distinct from now.apple_id
    '''
    check 'teas are those that can be copied, each with its type', '''
        select * from (select * from sandbox.teas where fault is null) was full join public.teas now using (id)
        where (was.becomes, was.description, 'Tea number ' || was.n) is distinct from (now.type, now.description, now.name)
    '''
    check 'QR records are those whose tea is there, in a collection or not', '''
        select * from (select q.* from sandbox.qrs q join sandbox.teas t on t.id = q.tea_id where q.fault is null and t.fault is null) was
        full join public.qr_records now using (id)
        where (was.tea_id, was.temperature, was.expires::timestamptz) is distinct from (now.tea_id, now.boiling_temp, now.expiration_date)
    '''
    check 'devices are those whose owner is there, one for each token', '''
        select * from (select d.* from sandbox.devices d join sandbox.users u on u.id = d.owner where d.fault is null and u.fault is null) was
        full join public.devices now using (id)
        where now.id is null and not exists (select from public.devices where token = was.token)
           or now.id is not null and (was.owner, was.token) is distinct from (now.user_id, now.token)
    '''
    check 'consumptions are all there, or were not asked for', '''
        select * from sandbox.consumptions full join public.consumptions now using (user_id, ts, tea_id)
        where (n is null or now.ts is null) and exists (select from public.consumptions)
    '''
    check 'dead letters are what was not copied, with the key and the value, each once', '''
        select * from (
            select 'users' as phase, id::text as key from sandbox.users where not exists (select from public.users u where u.id = users.id)
            union all select 'teas', id::text from sandbox.teas where not exists (select from public.teas t where t.id = teas.id)
            union all select 'qr_records', id::text from sandbox.qrs where not exists (select from public.qr_records q where q.id = qrs.id)
            union all select 'devices', id::text from sandbox.devices where not exists (select from public.devices d where d.id = devices.id)
            union all select phase, shown from sandbox.short where phase <> 'consumptions' or exists (select from public.consumptions)) was
        full join (select phase, key, count(*) as letters, min(payload) as payload from backfill.dead_letters where not former group by 1, 2) now using (phase, key)
        where letters is distinct from 1 or payload = ''
    '''
    check 'dead letters of values that are not JSON contain the bytes', '''
        select key, payload from backfill.dead_letters where not former and error like 'decode error%'
        and not exists (select from before.foundationdb f where payload::jsonb ->> 'key' = encode(f.key, 'hex') and payload::jsonb ->> 'value' = encode(f.value, 'hex'))
    '''
    show 'users', 'select count(*) from public.users'
    show 'teas', 'select count(*) from public.teas'
    show 'QR records', 'select count(*) from public.qr_records'
    show 'devices', 'select count(*) from public.devices'
    show 'consumptions', 'select count(*) from public.consumptions'
    show 'dead letters', 'select count(*) from backfill.dead_letters where not former'
}
