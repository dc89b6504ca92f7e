package dev.backfill.mongodb;

import dev.backfill.checkpoint.Holder;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.Owner;
import dev.backfill.checkpoint.Stored;

/** Says who has the checkpoint when it is not us. */
final class Losses {
    private Losses() {}

    static LeaseLostException held(Place place, Stored stored) {
        String owner = stored.holder()
                .map(Holder::owner)
                .map(each -> each + " since " + each.since())
                .orElse("nobody");
        return new LeaseLostException("taking " + place + ": " + owner + " holds it (epoch " + stored.epoch()
                + ") and is alive; wait until that run ends, or stop it there");
    }

    static LeaseLostException gone(Place place, String doing) {
        return new LeaseLostException(doing + " " + place
                + ": the document is gone, another program removed it; stop that" + " program, then start again");
    }

    static LeaseLostException overwritten(String doing, Foreign foreign) {
        return new LeaseLostException(doing + " " + foreign.place() + ": another program writes here; " + foreign.told()
                + ". Stop that program and mend the document before starting again");
    }

    static LeaseLostException taken(Place place, String doing, Lease lease, Found found) {
        String owner = found.owner().map(Owner::toString).orElse("nobody");
        String what = found.epoch() != lease.epoch() || found.owner().isEmpty()
                ? owner + " holds it now (epoch " + found.epoch() + ", ours was " + lease.epoch() + ")"
                : "it was saved from elsewhere (version " + found.version() + ", ours was " + lease.version() + ")";
        return new LeaseLostException(
                doing + " " + place + ": " + what + "; nothing was saved. Leave the work to that run, or start again");
    }
}
