package dev.backfill.http;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.http.read.ItemSource;
import dev.backfill.plan.SourceDefinition;
import java.util.Map;

/** Describes the items of a list. */
record ItemsDefinition(RequestDefinition request, String part) implements SourceDefinition {
    @Override
    public Source open(Resources resources) {
        return new ItemSource(
                request.service().open(resources),
                new ItemSource.Listing(request.path(), part, request.service().paging()));
    }

    @Override
    public Map<String, Object> origin() {
        return request.origin();
    }

    @Override
    public String title() {
        return request.title();
    }
}
