package dev.backfill.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a run lets the world know. */
public enum HookEvent {
    /** It begins, or continues. */
    START,
    /** It is done. */
    END,
    /** It ended with an error. */
    FAILURE,
    /** No batch was saved for a long time. */
    STALL,
    /** It was paused, or ended before its work did, as it was asked to. */
    PAUSE;

    /** As a script names it: "failure". */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@link IllegalArgumentException} if there is no such event. */
    public static HookEvent named(String title) {
        return Arrays.stream(values())
                .filter(event -> event.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a hook is called on " + String.join(", ", titles()) + ", but not on '" + title + "'"));
    }

    private static List<String> titles() {
        return Arrays.stream(values()).map(HookEvent::title).toList();
    }
}
