package dev.backfill.mongodb;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a server says the user may do.
 *
 * @param status its answer to connectionStatus with showPrivileges
 */
record Rights(Document status) {
    /** Those actions that the user may not do there; none where the server lets everybody do everything, and lists nothing. */
    List<String> lacking(List<String> actions, String database, String collection) {
        Document told = status.get("authInfo", new Document());
        List<Document> privileges = told.getList("authenticatedUserPrivileges", Document.class, List.of());
        List<String> lacking = new ArrayList<>(actions);
        if (told.getList("authenticatedUsers", Document.class, List.of()).isEmpty()) {
            return List.of();
        }
        for (Document privilege : privileges) {
            if (covers(privilege.get("resource", new Document()), database, collection)) {
                lacking.removeAll(privilege.getList("actions", String.class, List.of()));
            }
        }
        return lacking;
    }

    private static boolean covers(Document resource, String database, String collection) {
        return resource.getBoolean("anyResource", false)
                || (matches(resource.getString("db"), database)
                        && matches(resource.getString("collection"), collection));
    }

    /** An empty name stands for all of them; none at all is about something else. */
    private static boolean matches(@Nullable String named, String name) {
        return named != null && (named.isEmpty() || named.equals(name));
    }
}
