package dev.backfill.http.client;

import java.util.Locale;
import java.util.Optional;

/**
 * A header of every request.
 *
 * @param variable where a secret value comes from, for messages
 */
public record Header(String name, String value, Optional<String> variable) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    public Header {
        if (!name.matches(TOKEN)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a header");
        }
        boolean sendable =
                value.chars().allMatch(each -> each == '\t' || (each >= ' ' && each <= 0xff && each != 0x7f));
        if (!sendable) {
            throw new IllegalArgumentException(variable.orElse("the header " + name)
                    + " contains a character that no header can have; look for a line break or a stray letter in it");
        }
        if (name.toLowerCase(Locale.ROOT).matches("host|content-length|connection|expect|upgrade")) {
            throw new IllegalArgumentException("the header " + name + " is not a script's to set");
        }
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return name;
    }
}
