package dev.backfill.http.read;

import dev.backfill.connector.FatalFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The place of a page that is asked for by a number, and what must not have changed since the page before it.
 *
 * @param number of the page, or of the items before it
 * @param total how many items there were in all; empty if it is not known
 * @param last the digest of the last item of the page before; empty if pages do not overlap
 */
record PagePlace(long number, String total, String last) {
    static PagePlace of(String text, long first) {
        if (text.isEmpty()) {
            return new PagePlace(first, "", "");
        }
        String[] parts = text.split(" ", -1);
        return parts.length < 3
                ? new PagePlace(Long.parseLong(parts[0]), "", "")
                : new PagePlace(Long.parseLong(parts[0]), parts[1], parts[2]);
    }

    String text() {
        return total.isEmpty() && last.isEmpty() ? String.valueOf(number) : number + " " + total + " " + last;
    }

    /** The total of this page; {@link FatalFailure} if it is not there, or is another than on the page before. */
    String checkedTotal(String part, Paging.Page page) {
        if (part.isEmpty()) {
            return "";
        }
        if (!(page.parts().get(part) instanceof Number now)) {
            throw new FatalFailure("GET " + page.address() + ": the answer has no number at '" + part
                    + "'; check total: '" + part + "'");
        }
        if (!total.isEmpty() && !total.equals(now.toString())) {
            throw drifted(page, "the list had " + total + " items on the page before, and has " + now + " now", "");
        }
        return now.toString();
    }

    /** The list changed while it was read, so that items may have moved over the border of a page. */
    static FatalFailure drifted(Paging.Page page, String seen, String hint) {
        return new FatalFailure("GET " + page.address() + ": " + seen + ", so an item may have been skipped"
                + (hint.isEmpty() ? "" : " (" + hint + ")")
                + "; read the list again with --restart, or ask for pages by a cursor or with byOffset … overlap:");
    }

    static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }
}
