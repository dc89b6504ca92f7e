package dev.backfill.http;

import dev.backfill.plan.SourceDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes a request. */
record RequestDefinition(ServiceDefinition service, String path) implements HttpWords.Request {
    @Override
    public SourceDefinition items(String part) {
        return new ItemsDefinition(this, part);
    }

    @Override
    public CombinedDefinition forEach(Map<String, Object> sources) {
        Map<String, SourceDefinition> all = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            if (!(source instanceof SourceDefinition definition)) {
                throw new IllegalArgumentException("forEach(" + name + ": …) needs a source, but got " + source);
            }
            all.put(name, definition);
        });
        return new CombinedDefinition(this, all);
    }

    /** What the envelope of a file says. */
    Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("source", service.name());
        origin.put("endpoint", path);
        return origin;
    }

    String title() {
        return "GET " + service.service().address() + path;
    }
}
