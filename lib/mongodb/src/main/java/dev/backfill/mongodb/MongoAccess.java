package dev.backfill.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.SslSettings;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.Secret;
import dev.backfill.plan.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a MongoDB server is reached. Every request ends within seconds; reads and writes go to the primary and count only
 * when a majority has them on disk.
 *
 * @param timeout how long a server is looked for
 * @param authorities certificates to trust instead of Java's own
 */
record MongoAccess(Secret uri, String database, Duration timeout, Optional<Path> authorities) {
    /** A runner that lost its lease may send for 15 s at most, so each request must be over well before 10. */
    private static final Duration ANSWER = Duration.ofSeconds(8);

    /** How soon a lost server is looked for again: the driver's half a second twice is a second without a beat. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    static MongoAccess from(Settings settings) {
        Secret uri = settings.secret("MONGO_URI");
        String database = settings.find("MONGO_DB_NAME")
                .orElseGet(() -> DatabaseName.in(uri.reveal()).orElse("checkpoint_db"));
        return new MongoAccess(
                uri,
                database,
                settings.seconds("MONGO_CONNECTION_TIMEOUT", 10),
                settings.find("MONGO_TLS_CA_FILE").map(Path::of));
    }

    /** The client; connecting continues in the background. */
    MongoClient open(int connections) {
        try {
            return MongoClients.create(settings(connectionString(), connections));
        } catch (MongoException e) {
            throw Failures.sorted("looking up the servers that MONGO_URI names", e);
        }
    }

    private ConnectionString connectionString() {
        try {
            return new ConnectionString(uri.reveal());
        } catch (IllegalArgumentException e) {
            // The driver's message may quote the URI, password and all.
            throw new FatalFailure("MONGO_URI is no MongoDB address; write mongodb://user:password@host:27017/ or"
                    + " mongodb+srv://…, with special characters of user and password percent-encoded (@ is %40)");
        }
    }

    private MongoClientSettings settings(ConnectionString address, int connections) {
        return MongoClientSettings.builder()
                .applicationName("backfill")
                .applyConnectionString(address)
                .readPreference(ReadPreference.primary())
                .readConcern(ReadConcern.MAJORITY)
                .writeConcern(
                        WriteConcern.MAJORITY.withJournal(true).withWTimeout(millis(ANSWER), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(millis(timeout), TimeUnit.MILLISECONDS)
                        .readTimeout(millis(ANSWER), TimeUnit.MILLISECONDS))
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(millis(timeout), TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.minHeartbeatFrequency(millis(AGAIN), TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool ->
                        pool.maxSize(Math.max(2, connections)).maxWaitTime(millis(timeout), TimeUnit.MILLISECONDS))
                .applyToSslSettings(this::trust)
                .build();
    }

    private void trust(SslSettings.Builder tls) {
        authorities.ifPresent(file -> tls.context(Authorities.trusting(file)));
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }
}
