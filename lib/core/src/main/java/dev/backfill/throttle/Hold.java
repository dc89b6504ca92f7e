package dev.backfill.throttle;

import java.time.Duration;

/**
 * A wait and what asks for it.
 *
 * @param title as {@link Throttle#title()}
 */
public record Hold(Duration time, String title) {}
