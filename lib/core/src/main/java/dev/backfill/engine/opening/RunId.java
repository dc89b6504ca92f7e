package dev.backfill.engine.opening;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names a run so that people can distinguish runs and order them: the second it began, and four letters by chance. */
final class RunId {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunId() {}

    static String make(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(SECOND.format(now)).append('-');
        for (int i = 0; i < 4; i++) {
            id.append((char) ('a' + random.nextInt(26)));
        }
        return id.toString();
    }
}
