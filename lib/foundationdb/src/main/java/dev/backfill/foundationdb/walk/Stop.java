package dev.backfill.foundationdb.walk;

import dev.backfill.foundationdb.key.KeyLayout;
import dev.backfill.foundationdb.key.KeyPart;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a walk comes by: records, or pointers to records.
 *
 * @param name what one of them is called
 * @param points what its value, a uuid, is the key of; nothing for records
 */
public record Stop(String name, KeyLayout layout, Optional<String> points) {
    /** The name of what leads on from here: the uuid in the value, else the last one of the key. */
    String leads() {
        return points.orElseGet(() -> uuids().get(uuids().size() - 1));
    }

    /** Which uuid of the key has that name. {@link IllegalArgumentException} if there is none. */
    int place(String of) {
        if (!layout.names().contains(of)) {
            throw new IllegalArgumentException("the walk cannot continue to " + name + ": its keys have no '" + of
                    + "', but " + String.join(", ", layout.names()));
        }
        return layout.names().indexOf(of);
    }

    UUID id(byte[] key, String of) {
        return (UUID) layout.read(key).get(place(of));
    }

    private List<String> uuids() {
        List<String> names = layout.parts().stream()
                .filter(KeyPart.Uuid.class::isInstance)
                .map(KeyPart::name)
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the walk cannot begin with " + name + ": its keys have no uuid");
        }
        return names;
    }
}
