package dev.backfill.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import dev.backfill.connector.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * Says whether a checkpoint can be kept here, without keeping one: which server answers, and what it says the user may do.
 *
 * @param collections where checkpoints and dead letters go
 */
record StoreLook(Place place, MongoDatabase database, List<String> collections) {
    private static final List<String> NEEDED = List.of("find", "insert", "update", "remove", "createIndex");

    List<Diagnostic> findings() {
        return Failures.sorting("looking at " + place.title(), this::look);
    }

    private List<Diagnostic> look() {
        List<Diagnostic> findings = new ArrayList<>();
        ask(new Document("connectionStatus", 1).append("showPrivileges", true))
                .map(Rights::new)
                .ifPresent(rights -> collections.forEach(
                        collection -> lacking(rights, collection).ifPresent(findings::add)));
        ask("buildInfo").ifPresent(build -> findings.add(Diagnostic.info("MongoDB " + build.getString("version"))));
        ask("hello").ifPresent(hello -> {
            if (!hello.getBoolean("isWritablePrimary", true)) {
                findings.add(Diagnostic.problem(
                        "the server of " + place.title() + " takes no writes now; look at its replica"
                                + " set, and that MONGO_URI names all of its members"));
            } else if (hello.getString("setName") == null && hello.getString("msg") == null) {
                findings.add(Diagnostic.warning(place.title()
                        + " is on a server without replicas: if it is lost, so is the checkpoint; a"
                        + " run then begins from the first record"));
            }
        });
        return findings;
    }

    private Optional<Diagnostic> lacking(Rights rights, String collection) {
        List<String> lacking = rights.lacking(NEEDED, database.getName(), collection);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.problem("the user of MONGO_URI may not " + String.join(", ", lacking) + " in "
                        + database.getName() + "." + collection + "; give it the role readWrite on the database "
                        + database.getName()));
    }

    private Optional<Document> ask(String command) {
        return ask(new Document(command, 1));
    }

    /** Nothing if the server does not know the command, or keeps the answer to itself. */
    private Optional<Document> ask(Document command) {
        try {
            return Optional.of(database.runCommand(command));
        } catch (MongoCommandException e) {
            return Optional.empty();
        }
    }
}
