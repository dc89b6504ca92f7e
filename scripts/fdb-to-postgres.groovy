///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-foundationdb, dev.backfill:backfill-postgres
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// The tea app moved to PostgreSQL and left these behind. Users and teas come first: the rest refers to them.
// Collections, tags and notifications stay where they are: PostgreSQL has no tables for them. Ask: app team.
backfill('fdb-to-postgres') {
    about 'copies users, teas, QR records and devices out of FoundationDB into PostgreSQL'

    def fdb         = foundationdb()
    def users       = fdb.keyspace('user', 'u').uuid('user_id').json(AppleID: 'text')
    def teas        = fdb.keyspace('tea', 'r').uuid('tea_id').json(name: 'text', type: 'any', description: 'text')
    def qrs         = fdb.keyspace('QR', 'q').uuid('qr_id').json(Tea: 'uuid', BowlingTemp: 'int', ExpirationDate: 'time')
    def devices     = fdb.keyspace('device', 'd').uuid('device_id').json(Token: 'text', UserID: 'uuid')
    def consumed    = fdb.keyspace('consumption', 'ix').uuid('user_id').nanos('ts').uuid('tea_id')
    def collections = fdb.keyspace('collection', 'l').uuid('user_id').uuid('collection_id')
    def collected   = fdb.index('il').uuid('collection_id').rest().value('qr_id')
    def owned       = fdb.index('id').uuid('user_id').rest().value('device_id')
    def db          = postgres(secret('PG_DSN'))

    checkpoint db
    batch      env('BATCH_SIZE', 1000)
    ensure     db.script(tables()), when: option('create-schema', false, 'create the target tables first')

    phase('users') {
        source    users
        transform { u -> [id: u.user_id, apple_id: u.AppleID] }
        sink      db.table('users').key('id').upsert('apple_id')
    }
    phase('teas') {
        source    teas
        transform { t -> [id: t.tea_id, name: t.name, type: teaType(t.type), description: t.description] }
        sink      db.table('teas').key('id').upsert('name', 'type', 'description')
    }
    phase('qr_records') {       // all of them; in PostgreSQL a QR record without expiry has Go's zero time, too
        source    qrs
        transform { q -> [id: q.qr_id, tea_id: q.Tea, boiling_temp: q.BowlingTemp, expiration_date: q.ExpirationDate] }
        sink      db.table('qr_records').key('id').upsert('tea_id', 'boiling_temp', 'expiration_date')
    }
    phase('devices') {
        source    devices
        lookup    'listed', owned.by('device_id'), on: 'device_id'
        transform { d -> [id: d.device_id, user_id: sameOrReject(d.UserID, d.listed?.user_id), token: d.Token] }
        sink      db.table('devices').key('id').upsert('user_id', 'token')
    }
    phase('consumptions') {
        when      option('with-consumptions', false, 'copy the consumptions, too')
        source    consumed
        sink      db.table('consumptions').key('user_id', 'ts', 'tea_id').upsert('user_id', 'ts', 'tea_id')
    }

    validate {
        compareCounts()
        show('QR records with their teas') { db.sql.rows('select q.id, t.name, q.boiling_temp from qr_records q join teas t on t.id = q.tea_id limit 5') }
        show('devices with their users') { db.sql.rows('select d.id, u.id as user_id from devices d join users u on u.id = d.user_id limit 5') }
        show 'QR records by way of their collections', users.follow(collections).follow(collected).follow(qrs)
        show 'devices by way of their users', users.follow(owned).follow(devices)
    }
}

/** Newer rows contain the name, older ones a number. */
String teaType(type) {
    [0: 'tea', 1: 'herb', 2: 'coffee', tea: 'tea', herb: 'herb', coffee: 'coffee'].getOrDefault(type, 'other')
}

String tables() { '''
    create table if not exists users (
        id uuid primary key, apple_id text not null unique, created_at timestamptz default now());
    create table if not exists teas (
        id uuid primary key, name text not null, type text not null check (type in ('tea', 'herb', 'coffee', 'other')),
        description text, created_at timestamptz default now());
    create table if not exists qr_records (
        id uuid primary key, tea_id uuid not null references teas, boiling_temp int not null,
        expiration_date timestamptz not null, created_at timestamptz default now());
    create table if not exists devices (
        id uuid primary key, user_id uuid not null references users, token text not null unique,
        created_at timestamptz default now());
    create table if not exists consumptions (
        user_id uuid, ts timestamptz, tea_id uuid, primary key (user_id, ts, tea_id));
'''
}
