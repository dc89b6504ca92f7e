package dev.backfill.foundationdb

import dev.backfill.foundationdb.fake.FakeDatabase
import dev.backfill.foundationdb.key.Bytes
import groovy.json.JsonOutput

/** Short ways to keys and values. */
class Records {
    /** The n-th of a row of uuids, in the order of their bytes. */
    static UUID id(long n, long family = 0) {
        new UUID(n << 20, family)
    }

    static byte[] key(String prefix, Object... parts) {
        def key = new ByteArrayOutputStream()
        key.write(Bytes.of(prefix))
        parts.each { part -> key.write(part instanceof UUID ? Bytes.of(part) : part as byte[]) }
        key.toByteArray()
    }

    static byte[] json(Map<String, ?> fields) {
        JsonOutput.toJson(fields).getBytes('UTF-8')
    }

    static Map<byte[], byte[]> users(int count) {
        (1..<count + 1).collectEntries { [(key('u', id(it))): json(ID: id(it).toString(), AppleID: "apple $it")] }
    }

    static FakeDatabase database(Map<byte[], byte[]> records) {
        def database = new FakeDatabase({ 0L })
        database.load(records)
        database
    }
}
