package dev.backfill.engine.opening;

import dev.backfill.connector.Identified;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run is bound to: the text of its phases, and the very things that they read and write. */
public final class Pins {
    private static final String TEXT = "the text of phase '";

    private Pins() {}

    public static Map<String, String> of(List<OpenPhase> phases) {
        Map<String, String> pins = new TreeMap<>();
        for (OpenPhase phase : phases) {
            String name = phase.plan().name();
            if (!phase.plan().fingerprint().isEmpty()) {
                pins.put(TEXT + name + "'", phase.plan().fingerprint());
            }
            identify(
                    pins,
                    "the source of phase '" + name + "'",
                    phase.source().traits().identified());
            for (int i = 0; i < phase.sinks().size(); i++) {
                identify(
                        pins,
                        "sink " + (i + 1) + " of phase '" + name + "'",
                        phase.sinks().get(i).traits().identified());
            }
        }
        return pins;
    }

    /** The pins of a run after these phases were opened; those of its other phases stay as they are. */
    public static Map<String, String> merged(Map<String, String> before, List<OpenPhase> opened) {
        Map<String, String> pins = new TreeMap<>(before);
        opened.forEach(phase -> pins.keySet()
                .removeIf(what -> what.endsWith("phase '" + phase.plan().name() + "'")));
        pins.putAll(of(opened));
        return pins;
    }

    private static void identify(Map<String, String> pins, String what, Optional<Identified> thing) {
        thing.map(Identified::identity)
                .filter(identity -> !identity.isEmpty())
                .ifPresent(identity -> pins.put(what, identity));
    }

    /** True if the pin is a script's text and no thing that is read or written. */
    public static boolean isText(String what) {
        return what.startsWith(TEXT);
    }

    /** What is another than it was, a phrase each; what only one side knows is passed over. */
    public static List<String> differences(Map<String, String> before, Map<String, String> now) {
        List<String> differences = new ArrayList<>();
        before.forEach((what, was) -> {
            String is = now.getOrDefault(what, was);
            if (!is.equals(was)) {
                differences.add(
                        isText(what)
                                ? what + " was changed"
                                : what + " has changed: it was " + was + ", now it is " + is);
            }
        });
        return differences;
    }
}
