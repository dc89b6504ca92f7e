package dev.backfill.plan;

import java.util.Set;

/** Says what is called, and on which events. */
public record HookRule(Set<HookEvent> events, Call call) {
    public HookRule {
        events = Set.copyOf(events);
    }

    /** What is called. */
    public sealed interface Call {
        /** Gets a POST with the form that Slack takes. */
        record Webhook(Secret url) implements Call {}

        /** Is run by the shell. */
        record Command(String line) implements Call {}
    }

    /** A call that an address or a command line names. */
    public static Call call(Secret text) {
        return text.reveal().matches("(?i)https?://.*") ? new Call.Webhook(text) : new Call.Command(text.reveal());
    }
}
