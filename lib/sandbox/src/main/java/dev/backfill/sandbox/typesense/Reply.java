package dev.backfill.sandbox.typesense;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** An answer: its body is written as it comes, in chunks, as the real server's is. */
record Reply(int status, String type, Body body) {
    private static final String JSON = "application/json; charset=utf-8";

    /** Writes the body. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Reply json(int status, Object value) {
        byte[] bytes = value instanceof byte[] ready ? ready : Json.bytes(value);
        return new Reply(status, JSON, out -> out.write(bytes));
    }

    static Reply refused(int status, String reason) {
        return json(status, Map.of("message", reason));
    }

    static Reply stream(String type, Body body) {
        return new Reply(200, type, body);
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            body.writeTo(out);
        }
    }
}
