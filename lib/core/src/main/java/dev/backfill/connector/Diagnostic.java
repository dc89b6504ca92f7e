package dev.backfill.connector;

/**
 * What a look before a run found.
 *
 * @param text one sentence, or the name of an addition; for a problem or a warning it ends with what to do
 */
public record Diagnostic(Severity severity, String text) {
    /** How much it matters. */
    public enum Severity {
        /** The run cannot succeed. */
        PROBLEM,
        /** The run can succeed, and someone may regret it. */
        WARNING,
        /** Good to know. */
        INFO,
        /** A thing that a run adds before its work; the text is its name. */
        ADDITION,
        /** Good to know for the one who asks for more. */
        DETAIL
    }

    public static Diagnostic problem(String text) {
        return new Diagnostic(Severity.PROBLEM, text);
    }

    public static Diagnostic warning(String text) {
        return new Diagnostic(Severity.WARNING, text);
    }

    public static Diagnostic info(String text) {
        return new Diagnostic(Severity.INFO, text);
    }

    /**
     * @param what the name of what a run adds: "the table items"
     */
    public static Diagnostic addition(String what) {
        return new Diagnostic(Severity.ADDITION, what);
    }

    public static Diagnostic detail(String text) {
        return new Diagnostic(Severity.DETAIL, text);
    }
}
