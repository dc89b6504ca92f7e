package dev.backfill.http.client;

import dev.backfill.connector.FatalFailure;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Resolves the address of a next page against the page's own (RFC 3986), and refuses one that leaves the service. */
public final class NextAddress {
    /** What services send although an address cannot contain it. */
    private static final Pattern ILLEGAL = Pattern.compile("[ \"<>\\\\^`{|}]");

    private NextAddress() {}

    /**
     * The whole address of the next page; {@link FatalFailure} if it is not an address, or if its scheme, host or port is
     * another than the page's: the headers, and so the secrets, are for this service alone.
     */
    public static String of(String own, String next) {
        URI page = URI.create(own);
        URI resolved;
        try {
            resolved = resolve(page, URI.create(legal(next.strip())));
        } catch (IllegalArgumentException e) {
            throw new FatalFailure(
                    "GET " + own + ": the next page, '" + next + "', is not an address; check pages { … }");
        }
        if (resolved.getRawUserInfo() != null || !origin(resolved).equals(origin(page))) {
            throw new FatalFailure(
                    "GET " + own + ": the next page would be at another server, " + next + "; the headers are sent to "
                            + origin(page) + " alone: check the address in http('…'), and pages { … }");
        }
        return resolved.toString();
    }

    private static URI resolve(URI page, URI next) {
        if (next.isOpaque()) {
            throw new IllegalArgumentException("an address of another kind");
        }
        String origin = page.getScheme() + "://" + page.getRawAuthority();
        String path = page.getRawPath().isEmpty() ? "/" : page.getRawPath();
        String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
        if (next.getScheme() == null
                && next.getRawAuthority() == null
                && next.getRawPath().isEmpty()) {
            return URI.create(origin + path + query); // java.net.URI would drop the last part of the path here
        }
        URI whole = URI.create(origin + path).resolve(next);
        String normal = whole.normalize().getRawPath().replaceFirst("^(/\\.\\.)+(?=/|$)", "");
        return URI.create(
                whole.getScheme() + "://" + whole.getRawAuthority() + (normal.isEmpty() ? "/" : normal) + query);
    }

    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String legal(String text) {
        return ILLEGAL.matcher(text)
                .replaceAll(found -> String.format("%%%02X", (int) found.group().charAt(0)));
    }
}
