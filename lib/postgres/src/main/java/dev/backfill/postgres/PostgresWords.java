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
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import dev.backfill.words.Writes;
import java.util.Map;

/** The words that PostgreSQL adds to the language. */
@Noun(value = "PostgreSQL words", task = Task.CONNECT)
public interface PostgresWords {
    @Word(
            value = "Names a PostgreSQL database by the variables DB_HOST, DB_PORT, DB_DATABASE, DB_USER and "
                    + "DB_PASSWORD; reads DB_SSLMODE, DB_SSLROOTCERT and DB_CONNECTION_TIMEOUT (seconds) if "
                    + "they are set.",
            example = "postgres()")
    Postgres postgres();

    @Word(
            value = "Names a PostgreSQL database by its URL: "
                    + "postgres://user:password@host:5432/database?sslmode=require.",
            example = "postgres(secret('DATABASE_URL'))")
    Postgres postgres(Secret url);

    /** What a database offers; it may also keep the checkpoint. */
    @Noun("database")
    interface Postgres extends SqlDatabase, StoreDefinition {
        @Word(value = "Names a table, with or without its schema.", example = "postgres().table('public.products')")
        Table table(String name);

        @Word(
                value = "Requires tables: runs the statements that create them, in one transaction, if one is "
                        + "missing.",
                example = "ensure db.script('create table if not exists items (id uuid primary key)')",
                task = Task.CHECK)
        RequirementDefinition script(String statements);

        @Word(
                value = "Measures how many seconds the slowest replica is behind; 0 without replicas.",
                example = "lag postgres().lag()",
                task = Task.PACE)
        MeasureDefinition lag();

        @Word(
                value = "Measures with a query: the number in its first row.",
                example = "lag postgres().measure('select seconds_behind from replica_health'), pauseAbove: 5,"
                        + " resumeBelow: 2",
                task = Task.PACE)
        MeasureDefinition measure(String sql);

        @Word(
                value = "Counts in the database, under this name, what all processes spent.",
                example = "budget postgres().budget('etsy'), requests: 5000, per: 'day'",
                task = Task.PACE)
        BudgetDefinition budget(String name);
    }

    /** What a table offers. */
    @Noun("table")
    interface Table extends RowsDefinition {
        @Word(
                value = "Sets the columns that identify a row, by a unique index, and the order in which rows "
                        + "are read.",
                example = "postgres().table('public.products').key('id')",
                task = Task.READ)
        Table key(String... columns);

        @Word(
                value = "Reads only rows that meet this SQL condition. Several conditions must all be true.",
                example = "postgres().table('public.products').key('id').where('deleted_at is null')",
                repeats = true,
                task = Task.READ)
        Table where(String condition);

        Table where(
                @Keys(
                                @Key(
                                        name = "when",
                                        type = Boolean.class,
                                        otherwise = "true",
                                        value = "Leaves the condition out if this is false.",
                                        example = "products.where('is_active', when: option('active', false))"))
                        Map<String, Object> named,
                String condition);

        @Word(
                value = "Accepts, for this reason, that row security hides rows of this table. Without it, such "
                        + "a table is not read.",
                example = "postgres().table('orders').key('id').acceptPolicies('each tenant has a run of its own, under"
                        + " its own role')",
                task = Task.READ)
        Table acceptPolicies(String reason);

        @Word(
                value = "Counts the rows that meet the conditions now; for use in functions.",
                example = "products.where('is_active').count()",
                task = Task.READ)
        Long count();

        @Word(
                value = "Reads these columns of each row, in the order of the key.",
                example = "products.select('id', 'created_at')",
                task = Task.READ)
        Selection select(@Reads String... columns);

        @Word(value = "Finds rows by the value of a column.", example = "products.by('id')", task = Task.CHANGE)
        ByColumn by(String column);

        @Word(
                value = "Changes these columns of existing rows, where they differ.",
                example = "products.update('deleted_at')",
                task = Task.WRITE)
        Update update(@Writes String... columns);

        @Word(
                value = "Inserts rows, or changes these columns of existing rows where they differ.",
                example = "products.upsert('name', 'price')",
                task = Task.WRITE)
        Upsert upsert(@Writes String... columns);
    }

    /** What reading rows offers. */
    @Noun("selection")
    interface Selection extends SourceDefinition {
        @Word(
                value = "Ends the run with this message if there is no row.",
                example = "products.select('id').orFail('there are no products; import them first')",
                task = Task.READ)
        Selection orFail(String message);
    }

    /** What an upsert offers. */
    @Noun("upsert")
    interface Upsert extends SinkDefinition {
        @Word(
                value = "Sets these columns to the time of the change, in rows that are inserted or changed.",
                example = "stock.upsert('quantity').touching('last_updated')",
                task = Task.WRITE)
        Upsert touching(String... columns);

        @Word(
                value = "Finds a row without a key by these columns if no row has the key; the first column that "
                        + "finds one counts.",
                example = "warehouses.upsert('code', 'name').fallbackKey('name', 'code')",
                task = Task.WRITE)
        Upsert fallbackKey(String... columns);

        @Word(
                value = "Appends _b, _c and so on to a value that another row already has.",
                example = "warehouses.upsert('code', 'name').suffixDuplicates('code')",
                task = Task.WRITE)
        Upsert suffixDuplicates(String column);

        @Word(
                value = "Inserts the keys of the records where the server would generate them (generated always "
                        + "as identity).",
                example = "items.upsert('name').overridingSystemValue()",
                task = Task.WRITE)
        Upsert overridingSystemValue();

        @Word(
                value = "Accepts, for this reason, that triggers or policies of the database skip or change some "
                        + "writes; such records do not cause exit code 3.",
                example = "items.upsert('name').acceptSuppressed('the trigger keep_archived leaves archived items as"
                        + " they are')",
                task = Task.WRITE)
        Upsert acceptSuppressed(String reason);

        @Word(
                value = "Replaces the rows that meet the condition by all rows written, in one transaction at "
                        + "the end; nothing if the condition is empty. Rejects a record outside of the condition. "
                        + "Before records of a file replace rows, its envelope must show that the file is "
                        + "complete: no errors, as many records as its count, fetched_at within the last 24 hours. "
                        + "Otherwise the run ends before it reads, unless --accept-partial is given.",
                example = "stock.upsert('quantity').replaceWhere(\"updated_by = 'api'\")",
                task = Task.WRITE)
        Upsert replaceWhere(String condition);

        @Word(
                value = "Declares the option --replace, which chooses a condition by its name; without it "
                        + "nothing is replaced. A name such as 'shop:ID' is given with a whole number, which :ID "
                        + "in the condition stands for.",
                example = "stock.upsert('quantity').replaceWhere(all: \"updated_by = 'api'\", 'shop:ID': \"updated_by ="
                        + " 'api' and shop_id = :ID\")",
                task = Task.WRITE)
        Upsert replaceWhere(
                @Keys(any = "Each name is a value of --replace, each value its condition.", type = String.class)
                        Map<String, Object> conditions);

        @Word(
                value = "Requires for replaceWhere that a number in the envelope of the file is at least what "
                        + "the function gives.",
                example = "stock.upsert('quantity').replaceWhere('shop = 1').expecting('statistics.checked') {"
                        + " products.count() }",
                task = Task.WRITE)
        Upsert expecting(String place, CheckFunction number);
    }

    /** What finding by a column offers. */
    @Noun("lookup")
    interface ByColumn extends LookupDefinition {
        @Word(
                value = "Adds these columns of the row that is found to the record.",
                example = "products.by('id').select('created_at', 'deleted_at')",
                task = Task.CHANGE)
        LookupDefinition select(@Reads String... columns);
    }

    /** What an update offers. */
    @Noun("update")
    interface Update extends SinkDefinition {
        @Word(
                value = "Changes only rows in which this column is null.",
                example = "products.update('deleted_at').whereNull('deleted_at')",
                task = Task.WRITE)
        Update whereNull(String column);

        @Word(
                value = "Accepts, for this reason, any existing value in the column of whereNull. Without it, "
                        + "validate reports values that differ from those of the script.",
                example = "products.update('deleted_at').whereNull('deleted_at').acceptExisting('the shop deletes"
                        + " products')",
                task = Task.CHECK)
        Update acceptExisting(String reason);

        @Word(
                value = "Accepts, for this reason, that triggers or policies of the database skip or change some "
                        + "writes; such records do not cause exit code 3.",
                example = "items.update('price').acceptSuppressed('the trigger keep_archived leaves archived items as"
                        + " they are')",
                task = Task.WRITE)
        Update acceptSuppressed(String reason);

        @Word(
                value = "Passes these columns of the row, as it then is, to the sinks after this one.",
                example = "products.update('deleted_at').returning('deleted_at')",
                task = Task.WRITE)
        Update returning(@Reads String... columns);
    }
}
