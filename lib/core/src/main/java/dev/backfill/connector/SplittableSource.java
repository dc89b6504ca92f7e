package dev.backfill.connector;

import java.util.List;

/** A source of whose ranges smaller ones can be planned, also of one that is being worked on. */
public interface SplittableSource extends Source {
    /**
     * Plans ranges of about as many records each, that together cover what of the split lies after the cursor: at least one,
     * at most as many as wanted, each beginning where the one before ends. Their ordinals count from 0.
     */
    List<Split> split(Split split, Cursor after, int wanted);
}
