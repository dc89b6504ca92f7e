package dev.backfill.http;

import dev.backfill.http.read.AnswerSource;
import dev.backfill.plan.SourceDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Describes a request for each combination of other records. */
record CombinedDefinition(RequestDefinition request, Map<String, SourceDefinition> sources)
        implements HttpWords.Combined {
    CombinedDefinition {
        sources = new LinkedHashMap<>(sources); // keeps their order, which Map.copyOf would not
        Set<String> unknown = AnswerSource.names(request.path());
        unknown.removeAll(sources.keySet());
        if (!unknown.isEmpty() || sources.isEmpty()) {
            throw new IllegalArgumentException("get('" + request.path() + "') speaks of "
                    + (unknown.isEmpty() ? "nothing" : String.join(", ", unknown))
                    + ", but forEach(…) does not name a source for it");
        }
    }

    @Override
    public AnsweredDefinition response(String name, String part) {
        return new AnsweredDefinition(this, new AnswerSource.Asking(request.path(), name, part, Set.of()));
    }
}
