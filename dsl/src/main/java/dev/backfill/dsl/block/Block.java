package dev.backfill.dsl.block;

import groovy.lang.Closure;
import java.util.function.Consumer;

/** Runs what stands in braces with the words of one block, and no others. */
public final class Block implements Consumer<Object> {
    private final Closure<?> body;

    private Block(Closure<?> body) {
        this.body = body;
    }

    /** Called by the code that the checker makes of a script. */
    public static Block of(Closure<?> body) {
        return new Block(body);
    }

    @Override
    public void accept(Object words) {
        Closure<?> copy = (Closure<?>) body.clone();
        copy.setDelegate(words);
        copy.setResolveStrategy(Closure.DELEGATE_ONLY);
        copy.call(words);
    }
}
