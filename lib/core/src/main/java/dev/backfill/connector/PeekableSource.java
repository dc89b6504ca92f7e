package dev.backfill.connector;

import java.util.List;

/** A source that would have to be walked to be planned, and can say and show a little of itself without that. */
public interface PeekableSource extends Source {
    /** How many records there are, about. */
    long about();

    /** Some of its records, at most so many; which ones is not promised. */
    List<Row> some(int most);
}
