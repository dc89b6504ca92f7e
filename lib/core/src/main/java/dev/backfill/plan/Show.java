package dev.backfill.plan;

import dev.backfill.connector.Resources;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person should see when a backfill is validated.
 *
 * @param title what it is
 * @param found gives it: rows, lines, or one value; changes nothing
 */
public record Show(String title, Function<Resources, @Nullable Object> found) {}
