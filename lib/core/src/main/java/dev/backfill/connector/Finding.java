package dev.backfill.connector;

/**
 * What a look before a run found.
 *
 * @param text one sentence; for a problem or a warning it ends with what to do
 */
public record Finding(Weight weight, String text) {
    /** How much it matters. */
    public enum Weight {
        /** The run cannot succeed. */
        PROBLEM,
        /** The run can succeed, and somebody may regret it. */
        WARNING,
        /** Good to know. */
        FACT
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
}
