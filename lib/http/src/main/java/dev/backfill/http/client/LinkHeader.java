package dev.backfill.http.client;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a list continues: {@code Link: <https://…?page=2>; rel="next"}. */
final class LinkHeader {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;\"]+(?:\"[^\"]*\")?)*)");
    private static final Pattern NEXT =
            Pattern.compile(";\\s*rel\\s*=\\s*(?:\"[^\"]*\\bnext\\b[^\"]*\"|next\\b)", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    static Optional<String> next(HttpHeaders headers) {
        for (String header : headers.allValues("Link")) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }
}
