package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From a table of PostgreSQL into another, by upsert. */
final class Copies {
    static final String TARGET = "create table products_copy (like products including all)";
    static final String INSIDE = "insert into products_copy select * from products on conflict (id) do update set (sku, name,"
            + " description, brand, category, price_cents, currency, stock, weight_grams, tags, published, created_at,"
            + " updated_at, deleted_at) = (excluded.sku, excluded.name, excluded.description, excluded.brand,"
            + " excluded.category, excluded.price_cents, excluded.currency, excluded.stock, excluded.weight_grams,"
            + " excluded.tags, excluded.published, excluded.created_at, excluded.updated_at, excluded.deleted_at)";

    private final Ground ground;

    private Copies(Ground ground) {
        this.ground = ground;
    }

    static List<Contestant> contestants(Ground ground, Report report) throws Exception {
        Copies copies = new Copies(ground);
        List<Contestant> all = new ArrayList<>(List.of(
                new Contestant("i", "inside", "insert … select … on conflict inside the server", new ServerSide(ground)::upsert),
                new Contestant("i", "i", "product, upsert with a transform, batch 5,000, exactly once", copies::product)));
        if (ground.options().peers() && ground.options().wants("i")) {
            Python.find(report, "ingestr<1").ifPresent(python -> all.add(
                    new Contestant("i", "ingestr", "ingestr, merge, no transform", () -> copies.ingestr(python))));
            Python.find(report, "sling-linux-amd64==1.4.11").flatMap(Copies::sling).ifPresent(sling -> all.add(
                    new Contestant("i", "sling", "sling, incremental, no transform", () -> copies.sling(sling))));
        }
        return all;
    }

    private Reading product() throws Exception {
        Product script = Product.script("bench/copy-products.groovy");
        return copied(true, dsn -> script.measure(ground.options().rows(), Map.of("PG_DSN", dsn, "BATCH_SIZE", "5000"), 0));
    }

    private Reading ingestr(Python python) throws Exception {
        return copied(false, dsn -> client(Map.of("DISABLE_TELEMETRY", "true", "INGESTR_DISABLE_TELEMETRY", "true"),
                python.beside("ingestr").toString(), "ingest", "--yes", "--source-uri", dsn.replace("postgres:", "postgresql:"),
                "--source-table", "public.products", "--dest-uri", dsn.replace("postgres:", "postgresql:"), "--dest-table",
                "public.products_copy", "--incremental-strategy", "merge", "--primary-key", "id"));
    }

    private Reading sling(Path program) throws Exception {
        return copied(true, dsn -> client(Map.of("SLING_DISABLE_TELEMETRY", "true"), program.toString(), "run", "--src-conn", dsn,
                "--src-stream", "public.products", "--tgt-conn", dsn, "--tgt-object", "public.products_copy", "--mode",
                "incremental", "--primary-key", "id"));
    }

    private static Optional<Path> sling(Python python) {
        try (Stream<Path> files = Files.walk(python.beside("..").normalize())) {
            return files.filter(file -> file.getFileName().toString().equals("sling") && Files.isRegularFile(file))
                    .filter(file -> file.toString().contains("linux"))
                    .filter(file -> file.toFile().setExecutable(true))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Reading client(Map<String, String> variables, String... command) throws Exception {
        return new ClientProcess(List.of(command), variables).measure(ground.options().rows(), 0);
    }

    private interface Client {
        Reading measure(String dsn) throws Exception;
    }

    private Reading copied(boolean prepared, Client client) throws Exception {
        String database = ground.database();
        if (prepared) {
            ground.postgres().execute(database, TARGET);
        }
        Reading reading = client.measure(ground.postgres().dsn(database, ground.postgres().port()));
        Ground.expect("rows copied", ground.options().rows(),
                ground.postgres().number(database, "select count(*) from products_copy"));
        return reading;
    }
}
