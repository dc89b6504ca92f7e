package dev.backfill.typesense.client;

import java.time.Duration;

/**
 * A request to make.
 *
 * @param doing what it is for, as messages begin: "writing 100 documents of products"
 * @param patience how long to wait for the whole answer, or for the next part of one that is streamed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Call(String doing, String method, String path, byte[] body, Duration patience) {
    /** Asks for something, and changes nothing. */
    public static Call get(String doing, String path, Duration patience) {
        return new Call(doing, "GET", path, new byte[0], patience);
    }

    /** True if records are written by it, so that one of them may be at fault if it is refused. */
    boolean carriesDocuments() {
        return method.equals("POST") && path.contains("/documents/import");
    }
}
