package bench;

import dev.backfill.sandbox.relbase.Behaviour;
import dev.backfill.sandbox.relbase.RelbaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The step 'download' of warehouse-stock at the six calls a second that the real API allows, a minute of them. What counts is what
 * the simulator counts, from the first call to the last; at six a second it may live in this process.
 */
final class RateLimited {
    private static final int PER_SECOND = 6;
    private static final int WAREHOUSES = 13;
    private static final int PRODUCTS = 27;
    /** The two lists, and a call for each combination. */
    private static final int CALLS = 2 + PRODUCTS * WAREHOUSES;

    private static final List<String> SCHEMA = List.of(
            "drop table products",
            "create table products (id serial primary key, external_id bigint, sku text not null, name text not null,"
                    + " source text not null default 'relbase', is_active boolean not null default true)",
            "insert into products (external_id, sku, name) select 5000 + n, 'SKU-' || n, 'Product ' || n"
                    + " from generate_series(1, " + PRODUCTS + ") n",
            "create table product_catalog (product_id integer primary key)",
            "create table warehouses (id serial primary key, code varchar(50) unique, name text, location text,"
                    + " update_method text, is_active boolean, external_id bigint, source text default 'relbase',"
                    + " updated_at timestamptz)",
            "create unique index on warehouses (external_id, source) where external_id is not null",
            "create table warehouse_stock (id serial primary key, product_id integer not null, warehouse_id integer not null,"
                    + " quantity integer, lot_number varchar(100), expiration_date date, last_updated timestamptz,"
                    + " updated_by text, unique (product_id, warehouse_id, lot_number))");

    private final Ground ground;

    private RateLimited(Ground ground) {
        this.ground = ground;
    }

    static List<Contestant> contestants(Ground ground) {
        RateLimited here = new RateLimited(ground);
        return List.of(
                new Contestant("k", "kallowed", "what the API allows", RateLimited::allowed),
                new Contestant("k", "k", "warehouse-stock download, " + CALLS + " calls", here::download));
    }

    private static Reading allowed() {
        double seconds = (double) CALLS / PER_SECOND;
        return new Reading(CALLS, seconds, seconds, 0, 0);
    }

    private Reading download() throws Exception {
        String database = ground.database();
        ground.postgres().execute(database, SCHEMA.toArray(String[]::new));
        Path lake = Files.createTempDirectory("backfill-bench-lake-");
        Behaviour behaviour = Behaviour.usual(PRODUCTS, PER_SECOND, 1).slow(Duration.ofMillis(150));
        try (RelbaseServer relbase = RelbaseServer.start(behaviour)) {
            Reading client = Product.script("scripts/warehouse-stock.groovy", "download", "--output-dir", lake.toString())
                    .measure(CALLS, variables(relbase, database), 0);
            Ground.expect("calls that were refused", 0, relbase.calls().refused());
            Ground.expect("calls", CALLS, relbase.calls().total());
            return new Reading(CALLS, client.wall(), CALLS / relbase.calls().rate(), client.cpu(), client.rss());
        }
    }

    private Map<String, String> variables(RelbaseServer relbase, String database) {
        return Map.of(
                "RELBASE_URL", relbase.address(),
                "RELBASE_COMPANY_TOKEN", RelbaseServer.COMPANY,
                "RELBASE_USER_TOKEN", RelbaseServer.USER,
                "RELBASE_RATE", Integer.toString(PER_SECOND),
                "RELBASE_RATE_FILE", "",
                "DATABASE_URL", ground.postgres().dsn(database, ground.postgres().port()));
    }
}
