package dev.backfill.dsl.block;

import groovy.lang.Closure;
import java.util.function.Consumer;

/** Runs what stands in braces with the words of one block, and no others. */
public final class Block implements Consumer<Object> {
    private final Closure<?> body;
    private final String fingerprint;

    private Block(Closure<?> body, String fingerprint) {
        this.body = body;
        this.fingerprint = fingerprint;
    }

    /** Called by the code that the checker makes of a script. */
    public static Block of(Closure<?> body, String fingerprint) {
        return new Block(body, fingerprint);
    }

    /** Changes with the text in the braces and with all that it may use. */
    String fingerprint() {
        return fingerprint;
    }

    @Override
    public void accept(Object words) {
        Closure<?> copy = (Closure<?>) body.clone();
        copy.setDelegate(words);
        copy.setResolveStrategy(Closure.DELEGATE_ONLY);
        copy.call(words);
    }
}
