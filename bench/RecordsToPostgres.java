package bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The phase 'users' of fdb-to-postgres, with FoundationDB's double, and a PostgreSQL that is 5 ms away. */
final class RecordsToPostgres {
    private static final String USERS = "create table users (id uuid primary key, apple_id text not null unique,"
            + " created_at timestamptz default now())";

    private final Ground ground;
    private final Child proxy;
    private final Path records;
    private final long rows;
    private final long few;

    private RecordsToPostgres(Ground ground, Child proxy, Path records) {
        this.ground = ground;
        this.proxy = proxy;
        this.records = records;
        this.rows = Math.min(ground.options().rows(), 300_000);
        this.few = Math.max(500, Math.min(2_000, rows / 100));
    }

    static List<Contestant> contestants(Ground ground, Report report) throws IOException {
        if (!ground.options().wants("j")) {
            return List.of();
        }
        Path records = Files.createTempFile("backfill-bench-", ".records");
        records.toFile().deleteOnExit();
        Child proxy = Child.start(DelayingProxy.class, Integer.toString(ground.postgres().port()), "5");
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        RecordsToPostgres here = new RecordsToPostgres(ground, proxy, records);
        here.write();
        return List.of(
                new Contestant("j", "jbulk", "product, records to a PostgreSQL 5 ms away, batch 1,000", here::product),
                new Contestant("j", "jsingle", "one statement a row to a PostgreSQL 5 ms away (part of the rows)", here::single));
    }

    // Ids are spread over all values, as random ones are, and the same each time.
    private void write() throws IOException {
        HexFormat hex = HexFormat.of();
        try (PrintWriter out = new PrintWriter(records.toFile(), StandardCharsets.US_ASCII)) {
            for (long n = 1; n <= rows; n++) {
                UUID id = new UUID(n * 0x9E3779B97F4A7C15L, n);
                String value = "{\"ID\":\"" + id + "\",\"AppleID\":\"apple " + n + "\",\"JWT\":\"none\"}";
                out.println("75" + id.toString().replace("-", "") + "\t" + hex.formatHex(value.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private Reading product() throws Exception {
        String database = database();
        Product script = Product.script("scripts/fdb-to-postgres.groovy", "--phase", "users", "--create-schema");
        Reading reading = script.measure(rows, Map.of("PG_DSN", ground.postgres().dsn(database, proxy.port()), "FDB_STAND_IN",
                records.toString(), "DATABASEPATH", "", "FDB_CLUSTER_FILE", "", "BATCH_SIZE", "1000"), 0);
        return checked(database, rows, reading);
    }

    private Reading single() throws Exception {
        String database = database();
        String url = ground.postgres().url(database).replace(":" + ground.postgres().port(), ":" + proxy.port());
        List<String> command = Child.java(SingleRows.class, List.of(), url, Long.toString(few));
        return checked(database, few, new ClientProcess(command, Map.of()).measure(few, 0));
    }

    private String database() throws Exception {
        String database = ground.database();
        ground.postgres().execute(database, USERS);
        return database;
    }

    private Reading checked(String database, long expected, Reading reading) throws Exception {
        Ground.expect("users", expected, ground.postgres().number(database, "select count(*) from users"));
        return reading;
    }
}
