package dev.backfill.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The closest of the known words, if one is close enough to suggest: one edit below four letters, else two or a third. */
    public static Optional<String> to(String wrong, Collection<String> known) {
        int most = wrong.length() < 4 ? 1 : Math.max(2, wrong.length() / 3);
        return known.stream()
                .filter(word -> distance(wrong, word) <= most)
                .min(Comparator.comparingInt((String word) -> distance(wrong, word))
                        .thenComparing(word -> word));
    }

    /** The end of a message that suggests the closest known word, or nothing. */
    public static String hint(String wrong, Collection<String> known) {
        return to(wrong, known).map(word -> ", did you mean '" + word + "'?").orElse("");
    }

    /** Edits between two words: a letter more, less, other, or two neighbours swapped. */
    static int distance(String left, String right) {
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, left, right, i, j);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int cheapest(int[][] edits, String left, String right, int i, int j) {
        int other = edits[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int least = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, other);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
