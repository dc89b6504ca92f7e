package dev.backfill.http.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

/** Unpacks an answer that came packed with gzip, up to the size that an answer may have. */
final class Unpacked {
    private Unpacked() {}

    static byte[] of(HttpResponse<byte[]> response, long largest) {
        boolean packed = response.headers()
                .firstValue("Content-Encoding")
                .filter(form -> form.strip().matches("(?i)(x-)?gzip"))
                .isPresent();
        if (!packed || response.body().length == 0) {
            return response.body();
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] bytes = in.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > largest) {
                throw new BoundedBody.TooLargeException();
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
