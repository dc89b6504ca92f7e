package dev.backfill.flow;

import dev.backfill.connector.Failure;
import dev.backfill.connector.MissingFieldException;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.RecordStep;
import dev.backfill.plan.ScriptException;
import dev.backfill.retry.Retry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of a batch through excludes, lookups, counts and transform, in the script's order. A record that a
 * function cannot handle is refused alone; a mistake of the script itself ends the run. Thread-safe as far as the script's
 * functions are.
 */
public final class RecordSteps {
    private final List<OpenStep> steps;
    private final Retry retry;

    public RecordSteps(List<OpenStep> steps, Retry retry) {
        this.steps = steps;
        this.retry = retry;
    }

    public TransformedBatch apply(List<Row> rows) {
        return apply(rows.stream().map(row -> new RecordPair(row, row)).toList(), rows.size());
    }

    /** The same for records that were written before: their origin shows what the target holds now. */
    public TransformedBatch again(List<RecordPair> written) {
        return apply(written, 0);
    }

    private TransformedBatch apply(List<RecordPair> items, long read) {
        Pass pass = new Pass(items);
        for (OpenStep open : steps) {
            RecordStep step = open.step();
            if (step instanceof RecordStep.Exclude exclude) {
                pass.having(exclude.on(), "exclude");
                pass.exclude(exclude.on(), found(open, pass.items, exclude.on()));
            } else if (step instanceof RecordStep.ExcludeWhere exclude) {
                pass.each("exclude", item -> truth(exclude.unwanted().apply(item.value())) ? List.of() : List.of(item));
            } else if (step instanceof RecordStep.Join join) {
                pass.having(join.on(), "lookup '" + join.name() + "'");
                pass.join(join, found(open, pass.items, join.on()));
            } else if (step instanceof RecordStep.Count count) {
                pass.each("count '" + count.name() + "'", item -> pass.count(count, item));
            } else if (step instanceof RecordStep.LogEach line) {
                pass.items.forEach(item -> pass.log(line, item));
            } else if (step instanceof RecordStep.Reject reject) {
                pass.each("reject", item -> unrefused(reject.reason(), item));
            } else if (step instanceof RecordStep.Transform transform) {
                pass.each("transform", item -> pass.made(transform.function(), item));
            }
        }
        return new TransformedBatch(
                pass.items, read, pass.excluded, pass.extra, pass.refusals, pass.counts, pass.details);
    }

    private Map<String, Row> found(OpenStep open, List<RecordPair> items, String on) {
        List<String> values = items.stream()
                .map(item -> item.value().get(on))
                .filter(value -> value != null)
                .map(String::valueOf)
                .distinct()
                .toList();
        if (values.isEmpty()) {
            return Map.of();
        }
        return retry.run(
                "looking up " + title(open, on),
                () -> open.lookup().orElseThrow().find(values));
    }

    private static List<RecordPair> unrefused(RecordFunction reason, RecordPair item) {
        Object told = reason.apply(item.value());
        if (truth(told)) {
            throw new IllegalArgumentException(String.valueOf(told));
        }
        return List.of(item);
    }

    /** As Groovy sees it, for the values that a script's condition gives. */
    public static boolean truth(@Nullable Object value) {
        if (value instanceof Boolean decided) {
            return decided;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof CharSequence text
                ? !text.isEmpty()
                : value instanceof Collection<?> some
                        ? !some.isEmpty()
                        : value instanceof Map<?, ?> map ? !map.isEmpty() : value != null;
    }

    /** One way through the steps. */
    private final class Pass {
        private List<RecordPair> items;
        private long excluded;
        private long extra;
        private final List<Refusal> refusals = new ArrayList<>();
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<String> details = new ArrayList<>();
        private final RowShapes shapes = new RowShapes();

        Pass(List<RecordPair> items) {
            this.items = items;
        }

        /** Refuses the records of JSON that lack the field which is looked up. */
        void having(String on, String where) {
            List<RecordPair> kept = new ArrayList<>(items.size());
            for (RecordPair item : items) {
                try {
                    item.value().get(on);
                    kept.add(item);
                } catch (MissingFieldException e) {
                    refusals.add(Refusal.byScript(item, where, e));
                }
            }
            items = kept;
        }

        void exclude(String on, Map<String, Row> found) {
            keep(items.stream()
                    .filter(item ->
                            !found.containsKey(String.valueOf(item.value().get(on))))
                    .toList());
        }

        private void keep(List<RecordPair> kept) {
            excluded += items.size() - kept.size();
            items = kept;
        }

        void join(RecordStep.Join join, Map<String, Row> found) {
            List<RecordPair> joined = new ArrayList<>(items.size());
            for (RecordPair item : items) {
                Object value = item.value().get(join.on());
                Optional<Row> row = Optional.ofNullable(value == null ? null : found.get(String.valueOf(value)));
                if (row.isEmpty() && join.orReject().isPresent()) {
                    refusals.add(new Refusal(
                            item,
                            "lookup '" + join.name() + "'",
                            new Rejection(Rejection.Kind.MISSING_PARENT, missing(join, value))));
                } else {
                    joined.add(item.with(shapes.wider(item.value(), join.name(), row.orElse(null))));
                }
            }
            items = joined;
        }

        List<RecordPair> made(RecordFunction function, RecordPair item) {
            Object result = function.apply(item.value());
            if (result == null) {
                return List.of();
            }
            return result instanceof Collection<?> several
                    ? several.stream()
                            .map(one -> item.with(shapes.row(one, item.value())))
                            .toList()
                    : List.of(item.with(shapes.row(result, item.value())));
        }

        /** A text that ends with an equals sign names the column in its own way. */
        private static String missing(RecordStep.Join join, @Nullable Object value) {
            String text = join.orReject().orElse("");
            return text.endsWith("=") ? text + value : text + ": " + join.on() + "=" + value;
        }

        List<RecordPair> count(RecordStep.Count count, RecordPair item) {
            Object number = count.number().apply(item.value());
            if (!(number instanceof Number amount)) {
                throw new IllegalArgumentException("count '" + count.name() + "' needs a number, but got " + number);
            }
            counts.merge(count.name(), amount.longValue(), Long::sum);
            return List.of(item);
        }

        /** What is only looked at refuses no record. */
        void log(RecordStep.LogEach line, RecordPair item) {
            try {
                details.add(String.valueOf(line.text().apply(item.value())));
            } catch (ScriptException | Failure e) {
                throw e;
            } catch (RuntimeException e) {
                details.add("no detail: " + e.getMessage());
            }
        }

        void each(String where, Function<RecordPair, List<RecordPair>> function) {
            List<RecordPair> made = new ArrayList<>(items.size());
            for (RecordPair item : items) {
                try {
                    List<RecordPair> results = function.apply(item);
                    excluded += results.isEmpty() ? 1 : 0;
                    extra += Math.max(0, results.size() - 1);
                    made.addAll(results);
                } catch (ScriptException | Failure e) {
                    throw e;
                } catch (RuntimeException e) {
                    refusals.add(Refusal.byScript(item, where, e));
                }
            }
            items = made;
        }
    }

    private static String title(OpenStep open, String column) {
        return open.step().looksUp().map(LookupDefinition::title).orElse(column);
    }
}
