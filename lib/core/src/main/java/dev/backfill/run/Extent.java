package dev.backfill.run;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.connector.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backfill a start is to do.
 *
 * @param phase only this phase
 * @param scope only this part of the phases' sources
 * @param keys only the records with these keys
 * @param limit at most so many records are read
 * @param until no batch begins after this instant
 */
public record Extent(
        Optional<String> phase, Scope scope, Optional<List<String>> keys, OptionalLong limit, Optional<Instant> until) {
    public static Extent all() {
        return new Extent(Optional.empty(), Scope.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** One phase, or all if it is null. */
    public static Extent phase(@Nullable String name) {
        return new Extent(
                Optional.ofNullable(name), Scope.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** True if other records are read than in a whole run, so that a position of its own must be kept. */
    public boolean partial() {
        return !scope.isAll() || keys.isPresent();
    }

    /** Names the part, so that the same part finds its position again, and no other one does. */
    public String name() {
        return sha256(description());
    }

    /** Describes the part: the same text for the same part, another one for every other part; long lists of keys by their digest. */
    public String description() {
        Map<String, Object> parts = new LinkedHashMap<>();
        phase.ifPresent(name -> parts.put("phase", name));
        scope.from().ifPresent(key -> parts.put("from", key));
        scope.to().ifPresent(key -> parts.put("to", key));
        scope.where().ifPresent(condition -> parts.put("where", condition));
        keys.ifPresent(all -> parts.put("keys", all.size()));
        keys.ifPresent(all -> parts.put("keysSha256", sha256(CheckpointJson.write(all))));
        return CheckpointJson.write(parts);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
