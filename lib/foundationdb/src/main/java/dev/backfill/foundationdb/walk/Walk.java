package dev.backfill.foundationdb.walk;

import com.apple.foundationdb.KeyValue;
import dev.backfill.foundationdb.connection.Cluster;
import dev.backfill.foundationdb.key.Bytes;
import dev.backfill.foundationdb.read.RangeScan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Follows records to those that their keys name, and pointers to what they point at, and says what leads nowhere and what
 * nothing leads to. Changes nothing; reads each stop once.
 */
public final class Walk {
    private static final int TOGETHER = 5_000;

    private final Cluster cluster;
    private final List<Stop> stops;

    /** {@link IllegalArgumentException} if one stop does not lead to the next. */
    public Walk(Cluster cluster, List<Stop> stops) {
        this.cluster = cluster;
        this.stops = List.copyOf(stops);
        check(stops);
    }

    /** {@link IllegalArgumentException} if one of the stops does not lead to the next. */
    public static void check(List<Stop> stops) {
        for (int i = 1; i < stops.size(); i++) {
            stops.get(i).place(stops.get(i - 1).leads());
        }
    }

    /** What was found, a line each; the first one if all is well. */
    public List<String> lines() {
        List<Lost> lost = new ArrayList<>();
        Ids reached = new Ids();
        Stop first = stops.get(0);
        each(first, lost, record -> reached.add(first.id(record.getKey(), first.leads())));
        Ids known = reached;
        for (int i = 1; i < stops.size(); i++) {
            known = step(stops.get(i - 1), stops.get(i), known, lost);
        }
        List<String> lines = lost.stream().filter(Lost::any).map(Lost::line).toList();
        return lines.isEmpty() ? List.of("every pointer leads to a record, and to every record leads one") : lines;
    }

    /** What is reached from what was reached before. */
    private Ids step(Stop from, Stop to, Ids before, List<Lost> lost) {
        String joint = from.leads();
        boolean pointed = from.points().isPresent();
        Lost unreached = new Lost(
                pointed
                        ? to.name() + " records that no " + from.name() + " points to"
                        : to.name() + " without its " + from.name());
        Ids reached = new Ids();
        Lost broken = new Lost(to.name() + " whose value is no uuid");
        each(to, lost, record -> {
            if (!before.meet(to.id(record.getKey(), joint))) {
                unreached.add(to.layout().text(record.getKey()));
            } else if (to.points().isEmpty()) {
                reached.add(to.id(record.getKey(), to.leads()));
            } else if (record.getValue().length == Bytes.UUID_LENGTH) {
                ByteBuffer value = ByteBuffer.wrap(record.getValue());
                reached.add(new UUID(value.getLong(), value.getLong()));
            } else {
                broken.add(to.layout().text(record.getKey()));
            }
        });
        lost.add(unreached);
        lost.add(broken);
        if (pointed) {
            Lost dangling = new Lost(from.name() + " that points to a " + to.name() + " that is not there");
            before.unmet().forEach(id -> dangling.add(id.toString()));
            lost.add(dangling);
        }
        return reached;
    }

    private void each(Stop stop, List<Lost> lost, Consumer<KeyValue> record) {
        Lost foreign = new Lost(stop.name() + " whose key has the wrong length");
        RangeScan scan = new RangeScan(cluster, "walking through " + stop.name());
        byte[] from = stop.layout().begin();
        List<KeyValue> found;
        do {
            found = scan.read(from, stop.layout().end(), TOGETHER);
            for (KeyValue each : found) {
                from = Bytes.after(each.getKey());
                if (stop.layout().fits(each.getKey())) {
                    record.accept(each);
                } else {
                    foreign.add(stop.layout().text(each.getKey()));
                }
            }
        } while (found.size() == TOGETHER);
        lost.add(foreign);
    }
}
