package dev.backfill.dsl.mistake;

import java.util.List;

/** Stops a script that has mistakes before it does anything; it carries all of them. */
public final class Mistakes extends RuntimeException {
    private final transient List<Mistake> all;

    public Mistakes(List<Mistake> all) {
        super(String.join("\n", all.stream().map(Mistake::text).toList()));
        this.all = List.copyOf(all);
    }

    public List<Mistake> all() {
        return all;
    }
}
