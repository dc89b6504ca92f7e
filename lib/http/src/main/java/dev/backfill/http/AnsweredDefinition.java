package dev.backfill.http;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.http.read.AnswerSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Describes the answers for each combination of other records. */
record AnsweredDefinition(CombinedDefinition combined, AnswerSource.Asking asking) implements HttpWords.Answered {
    @Override
    public AnsweredDefinition emptyOn(Integer... status) {
        return new AnsweredDefinition(
                combined, new AnswerSource.Asking(asking.path(), asking.name(), asking.part(), Set.of(status)));
    }

    @Override
    public Source open(Resources resources) {
        Map<String, Source> opened = new LinkedHashMap<>();
        combined.sources().forEach((name, source) -> opened.put(name, source.open(resources)));
        return new AnswerSource(combined.request().service().open(resources), asking, opened);
    }

    @Override
    public Map<String, Object> origin() {
        return combined.request().origin();
    }

    @Override
    public String title() {
        return combined.request().title();
    }
}
