package dev.backfill.sandbox.words;

import dev.backfill.plan.Entry;
import dev.backfill.words.Noun;
import dev.backfill.words.Root;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.function.Consumer;

/** Adds {@code sandbox} to the language. */
@Noun(value = "script", task = Task.SANDBOX)
public interface SandboxWords {
    @Root
    @Word(
            value = "Starts throwaway servers with production-like data, and tries a script on them.",
            example = "sandbox('inventory-fields') { ... }")
    Entry sandbox(String name, Consumer<SandboxBlock> block);
}
