package dev.backfill.sandbox;

import dev.backfill.sandbox.data.PostgresData;
import dev.backfill.sandbox.data.RecordData;
import dev.backfill.sandbox.data.SearchData;
import dev.backfill.sandbox.data.Untouched;
import dev.backfill.sandbox.plan.Declaration;
import dev.backfill.sandbox.plan.SearchCollection;
import dev.backfill.sandbox.plan.Size;
import dev.backfill.sandbox.relbase.Behaviour;
import dev.backfill.sandbox.relbase.RelbaseServer;
import dev.backfill.sandbox.server.FoundationStandIn;
import dev.backfill.sandbox.server.MongoStandIn;
import dev.backfill.sandbox.server.PostgresServer;
import dev.backfill.sandbox.server.SandboxServer;
import dev.backfill.sandbox.server.SearchService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs the servers of a declaration, filled as it says, until it is closed; also by another thread, at any time. */
public final class Sandbox implements AutoCloseable {
    private final Declaration declaration;
    private final List<SandboxServer> servers = new ArrayList<>();
    private boolean closed;

    public Sandbox(Declaration declaration) {
        this.declaration = declaration;
    }

    /** Starts the servers, empty; the environment says where real ones may be found. */
    public void start(Map<String, String> environment) {
        List<Supplier<SandboxServer>> starts = new ArrayList<>(List.of(PostgresServer::start));
        if (declaration.mongodb()) {
            starts.add(MongoStandIn::start);
        }
        if (declaration.records().isPresent()) {
            starts.add(FoundationStandIn::start);
        }
        if (declaration.collections().isPresent()) {
            starts.add(() -> SearchService.start(environment));
        }
        declaration
                .relbase()
                .ifPresent(perSecond -> starts.add(() -> RelbaseServer.start(Behaviour.usual(0, perSecond, 1))));
        starts.parallelStream().forEach(this::add);
    }

    /** Fills them; the answer says how many rows and documents each table and collection has. */
    public Map<String, Long> fill(Size size) throws SQLException {
        Map<String, Long> filled = new LinkedHashMap<>();
        relbase().ifPresent(server -> server.fill((int) size.rows(), size.seed()));
        try (Connection connection = postgres().connect()) {
            filled.putAll(PostgresData.fill(connection, declaration.statements(), size));
            CompletableFuture<Void> kept = CompletableFuture.runAsync(this::keepTables);
            fillOthers(connection, filled);
            kept.join();
        }
        return filled;
    }

    private void fillOthers(Connection connection, Map<String, Long> filled) throws SQLException {
        for (SearchCollection collection : declaration.collections().orElse(List.of())) {
            filled.put(collection.name(), searchData(connection).fill(collection));
        }
        if (declaration.records().isPresent()) {
            Path file = find(FoundationStandIn.class).orElseThrow().records();
            filled.put(
                    "records of FoundationDB",
                    RecordData.fill(connection, declaration.records().get(), file));
        }
    }

    private void keepTables() {
        try (Connection connection = postgres().connect()) {
            PostgresData.keep(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the sandbox's tables could not be copied: " + e.getMessage(), e);
        }
    }

    /** Remembers each row, with the place that it has now. */
    public void remember() throws SQLException {
        try (Connection connection = postgres().connect()) {
            Untouched.remember(connection);
        }
    }

    /** The simulator that a declaration asks for. */
    public Optional<RelbaseServer> relbase() {
        return find(RelbaseServer.class);
    }

    /** Looks at what stands in the servers now. */
    public Inspection inspect() throws SQLException {
        return new Inspector(declaration, this).inspect();
    }

    /** All that a script needs to know of this sandbox; what the declaration says wins. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        servers().forEach(server -> variables.putAll(server.variables()));
        variables.putAll(declaration.variables());
        return Collections.unmodifiableMap(variables);
    }

    public synchronized List<SandboxServer> servers() {
        return servers.stream()
                .sorted(Comparator.comparing(SandboxServer::kind))
                .toList();
    }

    public PostgresServer postgres() {
        return find(PostgresServer.class).orElseThrow(() -> new IllegalStateException("start the sandbox first"));
    }

    public Optional<MongoStandIn> mongodb() {
        return find(MongoStandIn.class);
    }

    public Optional<SearchService> search() {
        return find(SearchService.class);
    }

    SearchData searchData(Connection connection) {
        SearchService service = search().orElseThrow(() -> new IllegalStateException("start the sandbox first"));
        return new SearchData(service.uri(), service.apiKey(), connection);
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        for (SandboxServer server : lastFirst()) {
            server.close();
        }
    }

    private synchronized List<SandboxServer> lastFirst() {
        closed = true;
        List<SandboxServer> reversed = new ArrayList<>(servers);
        Collections.reverse(reversed);
        servers.clear();
        return reversed;
    }

    private void add(Supplier<SandboxServer> start) {
        if (isClosed()) {
            throw new IllegalStateException("the sandbox was closed while it started");
        }
        SandboxServer server = start.get();
        if (!keep(server)) {
            server.close();
        }
    }

    private synchronized boolean keep(SandboxServer server) {
        return !closed && servers.add(server);
    }

    private <T> Optional<T> find(Class<T> kind) {
        return servers().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
