package dev.backfill.validation;

import dev.backfill.connector.Row;
import java.util.List;

/**
 * A record that a look found not to agree.
 *
 * @param key in the source
 * @param origin as the source gave it
 * @param reasons what does not agree, a phrase each
 */
public record Suspect(String key, Row origin, List<String> reasons) {}
