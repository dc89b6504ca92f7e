package dev.backfill.foundationdb;

import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Reads;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** The words that FoundationDB adds to the language. */
@Noun(value = "FoundationDB words", task = Task.READ)
public interface FoundationdbWords {
    @Word(
            value = "Names a FoundationDB cluster by the cluster file in DATABASEPATH or FDB_CLUSTER_FILE, "
                    + "otherwise the usual one; loads more client libraries from "
                    + "FDB_NETWORK_OPTION_EXTERNAL_CLIENT_DIRECTORY if it is set.",
            example = "foundationdb()",
            task = Task.CONNECT)
    Foundationdb foundationdb();

    /** What a cluster offers. */
    @Noun("cluster")
    interface Foundationdb {
        @Word(
                value = "Reads the records under a prefix of bytes; messages call them by this name. A key whose "
                        + "length differs from that of its parts is a dead letter.",
                example = "foundationdb().keyspace('user', 'u').uuid('user_id').json('Name')")
        Keyspace keyspace(String name, String prefix);

        @Word(
                value = "Reads the pointers under a prefix of bytes: the key says where from, the value where to.",
                example = "foundationdb().index('il').uuid('collection_id').rest().value('qr_id')")
        Index index(String prefix);
    }

    /** What a keyspace offers. */
    @Noun("keyspace")
    interface Keyspace extends SourceDefinition {
        @Word(
                value = "Reads the next 16 bytes of the key as a UUID.",
                example = "keyspace('user', 'u').uuid('user_id')")
        Keyspace uuid(@Reads String name);

        @Word(
                value = "Reads the next 8 bytes of the key as a point in time: nanoseconds since 1970.",
                example = "keyspace('consumption', 'ix').uuid('user_id').nanos('ts').uuid('tea_id')")
        Keyspace nanos(@Reads String name);

        @Word(
                value = "Reads these fields of the value, a JSON object; upper and lower case and underscores in "
                        + "their names make no difference.",
                example = "keyspace('QR', 'q').uuid('qr_id').json('Tea', 'BowlingTemp')")
        Keyspace json(@Reads String... fields);

        @Word(
                value = "Reads these fields with their types; a value of another type is a dead letter.",
                example = "keyspace('QR', 'q').uuid('qr_id').json(Tea: 'uuid', BowlingTemp: 'int')")
        Keyspace json(
                @Keys(
                                any = "Each name is a field of the value, each value its type.",
                                type = String.class,
                                fields = true)
                        @OneOf({"any", "text", "int", "uuid", "time"})
                        Map<String, Object> types);

        @Word(
                value = "Follows the records to the records whose keys name them, and reports what leads nowhere "
                        + "and what nothing leads to.",
                example = "users.follow(collections)",
                task = Task.CHECK)
        Walk follow(Keyspace records);

        @Word(
                value = "Follows the records to the pointers whose keys name them.",
                example = "users.follow(owned)",
                task = Task.CHECK)
        Walk follow(Index pointers);
    }

    /** What an index offers. */
    @Noun("index")
    interface Index {
        @Word(value = "Reads the next 16 bytes of the key as a UUID.", example = "index('il').uuid('collection_id')")
        Index uuid(@Reads String name);

        @Word(
                value = "Reads the next 8 bytes of the key as a point in time: nanoseconds since 1970.",
                example = "index('ix').uuid('user_id').nanos('ts')")
        Index nanos(@Reads String name);

        @Word(value = "Accepts anything in the rest of the key.", example = "index('il').uuid('collection_id').rest()")
        Index rest();

        @Word(
                value = "Reads the value, a UUID, as the key of a record.",
                example = "index('il').uuid('collection_id').rest().value('qr_id')")
        Index value(@Reads String name);

        @Word(
                value = "Finds pointers by what they point to; where several differ, each column is a list. "
                        + "Reads all once and keeps them in memory.",
                example = "lookup 'owner', owned.by('device_id'), on: 'device_id'",
                task = Task.CHANGE)
        LookupDefinition by(String name);
    }

    /** What a walk offers. */
    @Noun("walk")
    interface Walk extends ReportDefinition {
        @Word(
                value = "Continues to these records.",
                repeats = true,
                example = "users.follow(owned).follow(devices)",
                task = Task.CHECK)
        Walk follow(Keyspace records);

        @Word(
                value = "Continues to these pointers.",
                example = "users.follow(collections).follow(collected)",
                task = Task.CHECK)
        Walk follow(Index pointers);
    }
}
