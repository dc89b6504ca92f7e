package dev.backfill.plan;

import dev.backfill.connector.FileEnvelope;
import java.util.List;

/** A sink that takes the records of a file only if what the file says of itself allows it. */
public interface EnvelopeCheck extends SinkDefinition {
    /** Why it does not take them, and at last what to do; none: it does. */
    List<String> objections(FileEnvelope envelope);
}
