package dev.backfill.foundationdb;

import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Reads;
import dev.backfill.words.Word;
import java.util.Map;

/** The words that FoundationDB adds to the language. */
@Noun("FoundationDB words")
public interface FoundationdbWords {
    @Word(
            value = "A FoundationDB cluster, by the cluster file that DATABASEPATH or else FDB_CLUSTER_FILE names,"
                    + " else the usual one; if set, FDB_NETWORK_OPTION_EXTERNAL_CLIENT_DIRECTORY contains more"
                    + " client libraries.",
            example = "foundationdb()")
    Foundationdb foundationdb();

    /** What a cluster offers. */
    @Noun("cluster")
    interface Foundationdb {
        @Word(
                value = "The records under a prefix of bytes, and what messages call one of them; a key of another"
                        + " length than its parts have is a dead letter.",
                example = "foundationdb().keyspace('user', 'u').uuid('user_id').json('Name')")
        Keyspace keyspace(String name, String prefix);

        @Word(
                value = "The pointers under a prefix of bytes: the key says whose, the value to what.",
                example = "foundationdb().index('il').uuid('collection_id').rest().value('qr_id')")
        Index index(String prefix);
    }

    /** What a keyspace offers. */
    @Noun("keyspace")
    interface Keyspace extends SourceDefinition {
        @Word(
                value = "The next 16 bytes of the key are a uuid, called so.",
                example = "keyspace('user', 'u').uuid('user_id')")
        Keyspace uuid(@Reads String name);

        @Word(
                value = "The next 8 bytes of the key are a point in time, called so: nanoseconds since 1970.",
                example = "keyspace('consumption', 'ix').uuid('user_id').nanos('ts').uuid('tea_id')")
        Keyspace nanos(@Reads String name);

        @Word(
                value = "Fields of the value, a JSON object, whatever the case of their names and with or without"
                        + " underscores; a value that is of another type than is said is a dead letter.",
                example = "keyspace('QR', 'q').uuid('qr_id').json(Tea: 'uuid', BowlingTemp: 'int')")
        Keyspace json(@Reads String... fields);

        Keyspace json(
                @Keys(value = "*", fields = true) @OneOf({"any", "text", "int", "uuid", "time"})
                        Map<String, Object> types);

        @Word(
                value = "A walk from these records to those whose keys, or to the pointers whose keys, name them; it"
                        + " reports what leads nowhere, and what nothing leads to.",
                example = "users.follow(collections).follow(collected).follow(qrs)")
        Walk follow(Keyspace records);

        Walk follow(Index pointers);
    }

    /** What an index offers. */
    @Noun("index")
    interface Index {
        @Word(
                value = "The next 16 bytes of the key are a uuid, called so.",
                example = "index('il').uuid('collection_id')")
        Index uuid(@Reads String name);

        @Word(
                value = "The next 8 bytes of the key are a point in time, called so: nanoseconds since 1970.",
                example = "index('ix').uuid('user_id').nanos('ts')")
        Index nanos(@Reads String name);

        @Word(value = "Anything may follow in the key.", example = "index('il').uuid('collection_id').rest()")
        Index rest();

        @Word(
                value = "What the value, a uuid, is the key of.",
                example = "index('il').uuid('collection_id').rest().value('qr_id')")
        Index value(@Reads String name);

        @Word(
                value = "Finds pointers by what they point to; where several differ, each column is a list. All are"
                        + " read once, and kept in memory.",
                example = "lookup 'owner', owned.by('device_id'), on: 'device_id'")
        LookupDefinition by(String name);
    }

    /** What a walk offers. */
    @Noun("walk")
    interface Walk extends ReportDefinition {
        @Word(value = "Continues to these.", example = "users.follow(owned).follow(devices)", repeats = true)
        Walk follow(Keyspace records);

        Walk follow(Index pointers);
    }
}
