package dev.backfill.connector;

/**
 * What a look before a run found.
 *
 * @param text one sentence, or the name of an addition; for a problem or a warning it ends with what to do
 */
public record Finding(Weight weight, String text) {
    /** How much it matters. */
    public enum Weight {
        /** The run cannot succeed. */
        PROBLEM,
        /** The run can succeed, and someone may regret it. */
        WARNING,
        /** Good to know. */
        FACT,
        /** A thing that a run adds before its work; the text is its name. */
        ADDITION,
        /** Good to know for the one who asks for more. */
        DETAIL
    }

    public static Finding problem(String text) {
        return new Finding(Weight.PROBLEM, text);
    }

    public static Finding warning(String text) {
        return new Finding(Weight.WARNING, text);
    }

    public static Finding fact(String text) {
        return new Finding(Weight.FACT, text);
    }

    /**
     * @param what the name of what a run adds: "the table items"
     */
    public static Finding addition(String what) {
        return new Finding(Weight.ADDITION, what);
    }

    public static Finding detail(String text) {
        return new Finding(Weight.DETAIL, text);
    }
}
