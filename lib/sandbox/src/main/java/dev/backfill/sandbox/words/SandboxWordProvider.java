package dev.backfill.sandbox.words;

import dev.backfill.plan.Entry;
import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;
import dev.backfill.sandbox.cli.SandboxEntry;

/** Brings {@code sandbox} to every script that has this module among its dependencies. */
public final class SandboxWordProvider implements WordProvider {
    @Override
    public Class<?> words() {
        return SandboxWords.class;
    }

    @Override
    public Object create(Settings settings) {
        return (SandboxWords) (name, block) -> {
            DeclarationBuilder builder = new DeclarationBuilder(name);
            block.accept(builder);
            return (Entry) new SandboxEntry(builder.build());
        };
    }
}
