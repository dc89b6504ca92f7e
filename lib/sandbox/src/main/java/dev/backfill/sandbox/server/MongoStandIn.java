package dev.backfill.sandbox.server;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.Map;

/** Speaks MongoDB's wire protocol from memory, without sessions, transactions and pipeline updates. */
public final class MongoStandIn implements SandboxServer {
    private final MongoServer server;
    private final InetSocketAddress address;

    private MongoStandIn(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    public static MongoStandIn start() {
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind("127.0.0.1", 0);
        return new MongoStandIn(server, server.getLocalAddress());
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + address.getPort();
    }

    @Override
    public String kind() {
        return "MongoDB";
    }

    @Override
    public String describe() {
        return "stand-in mongo-java-server on 127.0.0.1:" + address.getPort();
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("MONGO_URI", uri(), "MONGO_DB_NAME", "");
    }

    @Override
    public String lookInside() {
        return "mongosh " + uri();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
