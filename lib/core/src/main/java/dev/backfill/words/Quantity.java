package dev.backfill.words;

import java.util.Locale;

/** Writes a number of things as people read it: "1 batch", "2,000 batches", "3 retries". */
public final class Quantity {
    private Quantity() {}

    /**
     * Puts the noun in the number that agrees.
     *
     * @param noun in the singular; its last word is the one that changes
     */
    public static String of(long number, String noun) {
        return number(number) + " " + (number == 1 ? noun : plural(noun));
    }

    /** "2,000". */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "about 1,200,000": two digits say all that an estimate knows. */
    public static String about(long estimate) {
        return "about " + number(rounded(estimate));
    }

    /** "about 1,200,000 rows"; none and one are said as they are. */
    public static String about(long estimate, String noun) {
        return estimate <= 1 ? of(estimate, noun) : "about " + of(rounded(estimate), noun);
    }

    /** To two digits. */
    public static long rounded(long number) {
        long unit = 1;
        while (number / unit >= 100) {
            unit *= 10;
        }
        return Math.round((double) number / unit) * unit;
    }

    private static String plural(String noun) {
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.matches(".*(h|s|x)") ? "es" : "s");
    }
}
