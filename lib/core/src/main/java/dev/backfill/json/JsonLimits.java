package dev.backfill.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * Makes parsers that read any number a database can hold, so that a number is judged by the column it is for. What lies beyond their
 * limits is a {@link com.fasterxml.jackson.core.exc.StreamConstraintsException}: reading it again cannot help.
 */
public final class JsonLimits {
    /** More than the 131,072 digits before the point and 16,383 after it that PostgreSQL has. */
    private static final int DIGITS = 150_000;

    private JsonLimits() {}

    public static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(DIGITS).build())
                .build();
    }
}
