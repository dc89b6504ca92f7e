package dev.backfill.flow;

import dev.backfill.connector.Row;
import java.util.List;

/**
 * The records of a batch that are meant for one sink.
 *
 * @param passedBy those that are not, and continue to the next sink
 * @param refused those for which the sink's condition failed
 */
public record Selection(List<RecordPair> chosen, List<RecordPair> passedBy, List<Refusal> refused) {
    public List<Row> records() {
        return chosen.stream().map(RecordPair::value).toList();
    }
}
