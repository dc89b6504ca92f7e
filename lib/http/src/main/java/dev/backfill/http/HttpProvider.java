package dev.backfill.http;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Brings the words for HTTP services into the language. */
public final class HttpProvider implements WordProvider {
    @Override
    public Class<HttpWords> words() {
        return HttpWords.class;
    }

    @Override
    public HttpWords create(Settings settings) {
        return new DeclaredWords();
    }
}
