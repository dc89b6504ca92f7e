package dev.backfill.postgres.write;

import java.util.HashMap;
import java.util.Map;

/** Gives each row a text of its own: the wanted one, or with _b, _c and so on at its end if another row has that. */
final class Suffixes {
    private final Map<String, String> owners = new HashMap<>();

    /**
     * @param taken which row has which text now
     */
    Suffixes(Map<String, String> taken) {
        owners.putAll(taken);
    }

    /** The first form of the text that is free, or this row's own already; from then on it is this row's. */
    String of(String wanted, String row) {
        for (int i = 0; ; i++) {
            String form = i == 0 ? wanted : wanted + "_" + letters(i);
            if (owners.getOrDefault(form, row).equals(row)) {
                owners.put(form, row);
                return form;
            }
        }
    }

    /** 1 is b, 25 is z, 26 is aa. */
    private static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (int left = number; left >= 0; left = left / 26 - 1) {
            letters.insert(0, (char) ('a' + left % 26));
        }
        return letters.toString();
    }
}
