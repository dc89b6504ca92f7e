package bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The product as a user starts it: JBang and a script. */
record Product(Path script, List<String> java, List<String> arguments) {
    static final List<String> SCRIPTS =
            List.of("scripts/inventory-fields.groovy", "scripts/fdb-to-postgres.groovy", "scripts/warehouse-stock.groovy",
                    "bench/copy-products.groovy");
    static final int PAUSED = 4;

    /** Compiles a script, so that no run is slower only for having been the first. */
    static void build(String path) throws Exception {
        int code = new ProcessBuilder("./jbang", "build", path).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(path + " does not compile; the messages stand above");
        }
    }

    static Product script(String path, String... arguments) {
        return new Product(Path.of(path).toAbsolutePath(), List.of(), List.of(arguments));
    }

    Product with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Product(script, java, all);
    }

    Product java(String option) {
        return new Product(script, List.of("-R=" + option), arguments);
    }

    Reading measure(long rows, Map<String, String> variables, int... codes) throws Exception {
        List<String> command = new ArrayList<>(List.of("./jbang", "run"));
        command.addAll(java);
        command.add(script.toString());
        command.addAll(arguments);
        command.addAll(List.of("--json", "--quiet"));
        return new ClientProcess(command, new LinkedHashMap<>(variables)).measure(rows, codes);
    }
}
