package dev.backfill.mongodb;

import dev.backfill.checkpoint.ForeignCheckpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/** Reports what another program left where our document should be. */
record Foreign(Place place, Document document) {
    /** What the Python script before the inventory-fields backfill kept; last_updated is its alone. */
    private static final Set<String> EARLIER = Set.of(
            "phase",
            "last_id",
            "last_page",
            "batch_no",
            "total_processed",
            "updated_supabase",
            "updated_typesense",
            "default_set_count",
            "last_updated");

    private static final int MOST_NAMES = 20;

    ForeignCheckpointException refusal() {
        return new ForeignCheckpointException("reading " + place + ": " + told()
                + "; nothing was changed. Take it over with --accept-legacy if the script says how, with legacy; or"
                + " keep a copy of that document and remove it, which starts from the beginning, or name another"
                + " collection");
    }

    /** What it is: "the checkpoint of the earlier Python script (phase 1, …)". */
    String told() {
        return document.keySet().containsAll(EARLIER)
                ? "it is the checkpoint of the earlier Python script (phase " + document.get("phase") + ", last_id '"
                        + document.get("last_id") + "', total_processed " + document.get("total_processed")
                        + ", last_updated " + document.get("last_updated") + ")"
                : "another program wrote it (fields " + String.join(", ", names()) + ")";
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(document.keySet());
        names.removeAll(List.of(Names.ID, Names.OURS));
        return names.size() <= MOST_NAMES ? names : names.subList(0, MOST_NAMES);
    }
}
