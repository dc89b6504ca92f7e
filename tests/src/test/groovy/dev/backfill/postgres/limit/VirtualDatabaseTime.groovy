package dev.backfill.postgres.limit

import groovy.sql.Sql

/** Has a database read a clock that a spec moves: functions of its own stand before those of the server. */
class VirtualDatabaseTime {
    private final Sql sql

    /** For the connections that are opened from now on. */
    VirtualDatabaseTime(Sql sql, String database) {
        this.sql = sql
        sql.execute 'create schema virtual'
        sql.execute "create table virtual.time (micros) as values (1800000000000000)"
        sql.execute '''create function virtual.clock_timestamp() returns timestamptz language sql volatile
            as 'select to_timestamp(0) + micros * interval ''1 microsecond'' from virtual.time\''''
        sql.execute '''create function virtual.pg_sleep(seconds double precision) returns void language sql volatile
            as 'update virtual.time set micros = micros + ceil(seconds * 1000000)::bigint\''''
        sql.execute "alter database $database set search_path = virtual, public, pg_catalog".toString()
    }

    long now() {
        sql.firstRow('select micros from virtual.time').micros as long
    }

    /** Time never goes back: it is later already if the database slept. */
    void reach(long micros) {
        sql.executeUpdate 'update virtual.time set micros = greatest(micros, ?)', [micros]
    }
}
