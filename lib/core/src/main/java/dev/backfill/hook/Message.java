package dev.backfill.hook;

import dev.backfill.plan.HookEvent;
import java.util.regex.Pattern;

/** What is reported, in a line that holds nothing secret. */
record Message(HookEvent event, String backfill, String text) {
    private static final int LONGEST = 500;
    /** User and password in an address. */
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s@]+@");

    Message {
        String line = text.lines().findFirst().orElse("");
        String bare = CREDENTIALS.matcher(line).replaceAll("://…@");
        text = bare.length() > LONGEST ? bare.substring(0, LONGEST) + "…" : bare;
    }
}
