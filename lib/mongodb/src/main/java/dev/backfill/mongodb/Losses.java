package dev.backfill.mongodb;

import dev.backfill.checkpoint.LeaseLostException;

/** Says what another program did to a document that was ours. */
final class Losses {
    private Losses() {}

    static LeaseLostException gone(Place place, String doing) {
        return new LeaseLostException(doing + " " + place
                + ": the document is gone, another program removed it; stop that" + " program, then start again");
    }

    static LeaseLostException changed(Place place) {
        return new LeaseLostException("taking over " + place
                + ": another program has written there in between; nothing was changed there. Stop that"
                + " program, then start again");
    }

    static LeaseLostException overwritten(String doing, Foreign foreign) {
        return new LeaseLostException(doing + " " + foreign.place() + ": another program writes here; " + foreign.told()
                + ". Stop that program and fix the document before starting again");
    }
}
