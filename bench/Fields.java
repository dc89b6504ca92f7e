package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The phase 'products' of inventory-fields, and what does the same in other ways. */
final class Fields {
    private static final long FEW = 1_000;

    private final Ground ground;
    private final long rows;
    private final Product product = Product.script("scripts/inventory-fields.groovy", "--phase", "products");

    private Fields(Ground ground) {
        this.ground = ground;
        this.rows = ground.options().rows();
    }

    static List<Contestant> contestants(Ground ground, Report report) throws Exception {
        Fields fields = new Fields(ground);
        List<Contestant> all = new ArrayList<>(fields.ours());
        if (ground.options().wantsAny("c", "d", "f", "g")) {
            Optional<Python> python = Python.find(report, "psycopg2-binary", "requests", "pymongo>=4,<4.11");
            python.ifPresent(found -> all.addAll(fields.python(found)));
            all.addAll(fields.real(python, report));
        }
        return all;
    }

    private List<Contestant> ours() {
        Child search = ground.search();
        Child slow = ground.slow();
        long some = Math.min(rows, 100_000);
        return List.of(
                new Contestant("a", "limit", "the server's own UPDATE by ranges of 1,000", new ServerSide(ground)::update),
                new Contestant("b", "b1000", "product, batch 1,000", () -> product(product, 1000, rows, search)),
                new Contestant("b", "b5000", "product, batch 5,000", () -> product(product, 5000, rows, search)),
                new Contestant("b", "b2", "product, batch 5,000, --parallel 2",
                        () -> product(product.with("--parallel", "2"), 5000, rows, search)),
                new Contestant("e", "e1000", "loop by hand, batch 1,000", () -> loop(1000, rows)),
                new Contestant("e", "e5000", "loop by hand, batch 5,000", () -> loop(5000, rows)),
                new Contestant("e", "eproduct", "product, 1,000 rows: its start", () -> product(product, 1000, FEW, search)),
                new Contestant("e", "eloop", "loop by hand, 1,000 rows: its start", () -> loop(1000, FEW)),
                new Contestant("f", "f1000", "product, 20 ms sink, batch 1,000", () -> product(product, 1000, rows, slow)),
                new Contestant("f", "f5000", "product, 20 ms sink, batch 5,000", () -> product(product, 5000, rows, slow)),
                new Contestant("f", "fwindow", "product, 20 ms sink, --in-flight 1",
                        () -> product(product.with("--in-flight", "1"), 1000, rows, slow)),
                new Contestant("f", "fparallel", "product, 20 ms sink, --in-flight 1 --parallel 4",
                        () -> product(product.with("--in-flight", "1", "--parallel", "4"), 1000, rows, slow)),
                new Contestant("h", "hsmall", String.format("product, -Xmx48m, %,d rows", some),
                        () -> product(product.java("-Xmx48m"), 1000, some, search)),
                new Contestant("h", "hlarge", String.format("product, -Xmx48m, %,d rows", rows),
                        () -> product(product.java("-Xmx48m"), 1000, rows, search)));
    }

    private List<Contestant> python(Python python) {
        Child search = ground.search();
        Child slow = ground.slow();
        return List.of(
                new Contestant("c", "c1000", "Python, batch 1,000", () -> python(python, 1000, rows, "batch", search)),
                new Contestant("c", "c5000", "Python, batch 5,000", () -> python(python, 5000, rows, "batch", search)),
                new Contestant("d", "each", "Python, one request a document (part of the rows)",
                        () -> python(python, 1000, Math.max(FEW, rows / 50 / FEW * FEW), "each", search)),
                new Contestant("f", "fc1000", "Python, 20 ms sink, batch 1,000", () -> python(python, 1000, rows, "batch", slow)),
                new Contestant("f", "fc5000", "Python, 20 ms sink, batch 5,000", () -> python(python, 5000, rows, "batch", slow)));
    }

    private List<Contestant> real(Optional<Python> python, Report report) throws Exception {
        if (!ground.options().wants("g")) {
            return List.of();
        }
        Optional<RealSearch> started = RealSearch.start(ground);
        if (started.isEmpty()) {
            report.note("g is skipped: TYPESENSE_SERVER names no Typesense");
            return List.of();
        }
        RealSearch search = started.get();
        List<Contestant> all = new ArrayList<>();
        for (int size : new int[] {1000, 5000}) {
            all.add(new Contestant("g", "g" + size, String.format("product, real Typesense, batch %,d", size),
                    () -> search.measure((database, variables) -> product.measure(rows, sized(variables, size), 0))));
            python.ifPresent(found -> all.add(new Contestant("g", "gc" + size,
                    String.format("Python, real Typesense, batch %,d", size),
                    () -> search.measure((database, variables) -> found.measure(rows, size, rows, "batch", variables)))));
        }
        return all;
    }

    private Reading product(Product how, int size, long rows, Child search) throws Exception {
        Product part = rows < this.rows ? how.with("--limit", Long.toString(rows)) : how;
        return checked(rows, search, variables -> part.measure(rows, sized(variables, size), 0, Product.PAUSED));
    }

    private Reading loop(int size, long rows) throws Exception {
        List<String> command =
                Child.java(LoopByHand.class, List.of(), Integer.toString(size), Long.toString(rows));
        return checked(rows, ground.search(), variables -> new ClientProcess(command, variables).measure(rows, 0));
    }

    private Reading python(Python python, int size, long rows, String how, Child search) throws Exception {
        return checked(rows, search, variables -> python.measure(rows, size, rows, how, variables));
    }

    private interface Client {
        Reading measure(Map<String, String> variables) throws Exception;
    }

    private Reading checked(long rows, Child search, Client client) throws Exception {
        String database = ground.database();
        Ground.written(search);
        Reading reading = client.measure(ground.variables(database, search.address()));
        ground.checkDone(database, rows, Ground.written(search));
        return reading;
    }

    private static Map<String, String> sized(Map<String, String> variables, int size) {
        variables.put("BATCH_SIZE", Integer.toString(size));
        return variables;
    }
}
