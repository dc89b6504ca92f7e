package dev.backfill.report;

import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the first changes of each sink that a pass without writes would make. */
public final class ChangeSample implements ChangeListener {
    private final int most;
    private final List<Change> sample = new ArrayList<>();

    /**
     * @param most how many of each sink are kept
     */
    public ChangeSample(int most) {
        this.most = most;
    }

    @Override
    public synchronized void wouldChange(Change change) {
        if (sample.stream().filter(kept -> kept.sink().equals(change.sink())).count() < most) {
            sample.add(change);
        }
    }

    /** Those of each target, by its title. */
    public synchronized Map<String, List<Change>> bySink() {
        return sample.stream().collect(Collectors.groupingBy(Change::sink, LinkedHashMap::new, Collectors.toList()));
    }

    /** Where, which record, and each field before and after. */
    static String line(Change change) {
        String fields = String.join(", ", change.differences());
        Object first = change.record().size() == 0 ? "" : change.record().at(0);
        return change.sink() + ": " + first + ": " + (fields.isEmpty() ? "new " + change.record() : fields);
    }
}
