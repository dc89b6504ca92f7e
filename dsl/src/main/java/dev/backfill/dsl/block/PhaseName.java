package dev.backfill.dsl.block;

import java.util.regex.Pattern;

/** What a phase or a step may be called: a dot stands between the two. */
final class PhaseName {
    private static final Pattern NAME = Pattern.compile("[^.\\s][^.]*");

    private PhaseName() {}

    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a phase or a step: leave out the dot");
        }
    }
}
