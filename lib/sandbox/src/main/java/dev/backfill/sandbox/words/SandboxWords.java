package dev.backfill.sandbox.words;

import dev.backfill.plan.Entry;
import dev.backfill.words.Noun;
import dev.backfill.words.Root;
import dev.backfill.words.Word;
import java.util.function.Consumer;

/** Adds {@code sandbox} to the language. */
@Noun("script")
public interface SandboxWords {
    @Root
    @Word(
            value = "Throwaway servers with production-like data, to try a script on.",
            example = "sandbox('inventory-fields') { ... }")
    Entry sandbox(String name, Consumer<SandboxBlock> block);
}
