package dev.backfill.inspection;

import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first changes of each sink. */
final class FirstChanges implements ChangeListener {
    private final int most;
    private final List<Change> kept = new ArrayList<>();

    FirstChanges(int most) {
        this.most = most;
    }

    List<Change> kept() {
        return kept;
    }

    @Override
    public void wouldChange(Change change) {
        if (kept.stream().filter(each -> each.sink().equals(change.sink())).count() < most) {
            kept.add(change);
        }
    }
}
