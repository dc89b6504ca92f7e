package dev.backfill.http;

import dev.backfill.http.rate.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Collects the limits of a service. */
final class RateBuilder implements HttpWords.RateBlock {
    private static final Map<String, Duration> PERIODS = Map.of(
            "second", Duration.ofSeconds(1),
            "minute", Duration.ofMinutes(1),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));
    private static final int AT_ONCE = 4;

    private Optional<Rate> rate = Optional.empty();
    private int concurrency = AT_ONCE;
    private Optional<Path> file = Optional.empty();

    Limits build() {
        if (file.isPresent() && rate.isEmpty()) {
            throw new IllegalArgumentException("sharedVia '…' shares a rate: say which, as in rate 6");
        }
        return new Limits(rate, concurrency, file);
    }

    @Override
    public void rate(Number requests) {
        rate(Map.of(), requests);
    }

    @Override
    public void rate(Map<String, Object> named, Number requests) {
        String per = String.valueOf(named.getOrDefault("per", "second"));
        Duration period = PERIODS.get(per);
        if (period == null) {
            throw new IllegalArgumentException("'per:' must be second, minute, hour or day, but is '" + per + "'");
        }
        rate = Optional.of(Rate.of(requests.doubleValue(), period));
    }

    @Override
    public void concurrency(Integer requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but is " + requests);
        }
        concurrency = requests;
    }

    @Override
    public void sharedVia(String shared) {
        file = shared.isBlank() ? Optional.empty() : Optional.of(Path.of(shared));
    }
}
