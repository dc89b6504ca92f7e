package dev.backfill.postgres;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.plan.Secret;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.plan.SqlDatabase;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Word;
import dev.backfill.words.Writes;
import java.util.Map;

/** The words that PostgreSQL adds to the language. */
@Noun("PostgreSQL words")
public interface PostgresWords {
    @Word(
            value = "A PostgreSQL database, from DB_HOST, DB_PORT, DB_DATABASE, DB_USER, DB_PASSWORD; if set, from"
                    + " DB_SSLMODE, DB_SSLROOTCERT, DB_CONNECTION_TIMEOUT (seconds) as well.",
            example = "postgres()")
    Postgres postgres();

    @Word(
            value = "A PostgreSQL database, from its URL: postgres://user:password@host:5432/database?sslmode=require.",
            example = "postgres(secret('DATABASE_URL'))")
    Postgres postgres(Secret url);

    /** What a database offers; it may also keep the checkpoint. */
    @Noun("database")
    interface Postgres extends SqlDatabase, StoreDefinition {
        @Word(value = "A table, with or without its schema.", example = "postgres().table('public.products')")
        Table table(String name);

        @Word(
                value = "Tables that must be there: statements that create them, run in one transaction if one is not"
                        + " there.",
                example = "ensure db.script('create table if not exists items (id uuid primary key)')")
        RequirementDefinition script(String statements);

        @Word(
                value = "How many seconds the slowest replica is behind; 0 without replicas.",
                example = "lag postgres().lag()")
        MeasureDefinition lag();

        @Word(
                value = "The number that this query gives in its first row, such as a lag that only you can measure.",
                example = "lag postgres().measure('select seconds_behind from replica_health'), pauseAbove: 5,"
                        + " resumeBelow: 2")
        MeasureDefinition measure(String sql);

        @Word(
                value = "What was spent under this name, counted in the database for all processes.",
                example = "budget postgres().budget('etsy'), requests: 5000, per: 'day'")
        BudgetDefinition budget(String name);
    }

    /** What a table offers. */
    @Noun("table")
    interface Table extends RowsDefinition {
        @Word(
                value = "The columns that identify rows, by a unique index, and in whose order they are read.",
                example = "postgres().table('public.products').key('id')")
        Table key(String... columns);

        @Word(
                value = "Only rows for which this condition in SQL is true; more than one: for which all are true."
                        + " when: false leaves it out.",
                example = "postgres().table('public.products').key('id').where('deleted_at is null')",
                repeats = true)
        Table where(String condition);

        Table where(
                @Keys(value = "when", types = Boolean.class, required = "when") Map<String, Object> named,
                String condition);

        @Word(
                value = "Why it is right that policies of row security hide rows of this table from the script: it"
                        + " reads those that they leave. Without it reading such a table is refused.",
                example = "postgres().table('orders').key('id').acceptPolicies('each tenant has a run of its own, under"
                        + " its own role')")
        Table acceptPolicies(String reason);

        @Word(
                value = "How many rows there are now for which the conditions are true; for functions.",
                example = "products.where('is_active').count()")
        Long count();

        @Word(
                value = "Reads these columns, row by row in the order of the key.",
                example = "products.select('id', 'created_at')")
        Selection select(@Reads String... columns);

        @Word(value = "Finds rows by the value of this column.", example = "products.by('id')")
        ByColumn by(String column);

        @Word(
                value = "Changes these columns of rows that exist, where they differ.",
                example = "products.update('deleted_at')")
        Update update(@Writes String... columns);

        @Word(
                value = "Adds rows, or changes these columns of those that exist, where they differ.",
                example = "products.upsert('name', 'price')")
        Upsert upsert(@Writes String... columns);
    }

    /** What reading rows offers. */
    @Noun("selection")
    interface Selection extends SourceDefinition {
        @Word(
                value = "Stops with this message if there is no row.",
                example = "products.select('id').orFail('there are no products; import them first')")
        Selection orFail(String message);
    }

    /** What an upsert offers. */
    @Noun("upsert")
    interface Upsert extends SinkDefinition {
        @Word(
                value = "These columns get the time of the change, of rows that are added or changed.",
                example = "stock.upsert('quantity').touching('last_updated')")
        Upsert touching(String... columns);

        @Word(
                value = "If no row has the key: the row that has no key yet and the same value here; the first column"
                        + " that finds one counts.",
                example = "warehouses.upsert('code', 'name').fallbackKey('name', 'code')")
        Upsert fallbackKey(String... columns);

        @Word(
                value = "A value that another row has already gets letters at its end: _b, _c and so on.",
                example = "warehouses.upsert('code', 'name').suffixDuplicates('code')")
        Upsert suffixDuplicates(String column);

        @Word(
                value = "Adds rows with keys of ours, where the server would make them itself (generated always as"
                        + " identity).",
                example = "items.upsert('name').overridingSystemValue()")
        Upsert overridingSystemValue();

        @Word(
                value = "Why it is right that triggers or policies of the database skip or change some writes: such"
                        + " records do not end the run with exit 3.",
                example = "items.upsert('name').acceptSuppressed('the trigger keep_archived leaves archived items as"
                        + " they are')")
        Upsert acceptSuppressed(String reason);

        @Word(
                value = "Replaces the rows for which this is true by all that is written, in one transaction at the"
                        + " end, and touches no others; nothing if empty. A record outside of them is a dead"
                        + " letter. The records of a file replace rows only if its envelope says that they are"
                        + " all: no errors, as many as its count, fetched_at within the last 24 hours; else the"
                        + " run ends before it reads, unless --accept-partial is given.",
                example = "stock.upsert('quantity').replaceWhere(\"updated_by = 'api'\")")
        Upsert replaceWhere(String condition);

        @Word(
                value = "The same with the option --replace, which chooses one of these conditions by its name;"
                        + " without it nothing is replaced. A name such as 'shop:ID' is given with a whole number,"
                        + " which stands for :ID in its condition.",
                example = "stock.upsert('quantity').replaceWhere(all: \"updated_by = 'api'\", 'shop:ID': \"updated_by ="
                        + " 'api' and shop_id = :ID\")")
        Upsert replaceWhere(@Keys(value = "*", types = String.class) Map<String, Object> conditions);

        @Word(
                value = "For replaceWhere: the number at this place of the file's envelope must be at least what the"
                        + " function gives, or the file is not complete.",
                example = "stock.upsert('quantity').replaceWhere('shop = 1').expecting('statistics.checked') {"
                        + " products.count() }")
        Upsert expecting(String place, CheckFunction number);
    }

    /** What finding by a column offers. */
    @Noun("lookup")
    interface ByColumn extends LookupDefinition {
        @Word(
                value = "What the row that is found brings along.",
                example = "products.by('id').select('created_at', 'deleted_at')")
        LookupDefinition select(@Reads String... columns);
    }

    /** What an update offers. */
    @Noun("update")
    interface Update extends SinkDefinition {
        @Word(
                value = "Changes only rows where this column is null.",
                example = "products.update('deleted_at').whereNull('deleted_at')")
        Update whereNull(String column);

        @Word(
                value = "Any value that a row has in the column of whereNull is right, for this reason; else validate"
                        + " reports what differs from the script's own.",
                example = "products.update('deleted_at').whereNull('deleted_at').acceptExisting('the shop deletes"
                        + " products')")
        Update acceptExisting(String reason);

        @Word(
                value = "Why it is right that triggers or policies of the database skip or change some writes: such"
                        + " records do not end the run with exit 3.",
                example = "items.update('price').acceptSuppressed('the trigger keep_archived leaves archived items as"
                        + " they are')")
        Update acceptSuppressed(String reason);

        @Word(
                value = "The sinks after it get what the row then contains in these columns.",
                example = "products.update('deleted_at').returning('deleted_at')")
        Update returning(@Reads String... columns);
    }
}
