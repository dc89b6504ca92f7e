package dev.backfill.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The variables that a script reads. What is missing or malformed is noted, not thrown, so that all of it is reported at
 * once; until then a placeholder stands in. Used by one thread, while the script's body runs.
 */
public final class Settings {
    /** What takes the place of a value that is missing or malformed, until that is reported. */
    private static final Map<Class<?>, Object> STAND_INS = Map.of(
            Integer.class,
            1,
            Long.class,
            1L,
            Double.class,
            1.0,
            BigDecimal.class,
            BigDecimal.ONE,
            Number.class,
            BigDecimal.ONE,
            Boolean.class,
            false);

    private final Map<String, String> variables;
    private final List<String> missing = new ArrayList<>();
    private final Map<String, String> malformed = new LinkedHashMap<>();

    public Settings(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
    }

    /** The value, if the variable is set and not empty. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** The value of a variable that must be set; empty, and noted, if it is not. */
    public String text(String name) {
        return find(name).orElseGet(() -> note(name));
    }

    public String text(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    public Secret secret(String name) {
        return new Secret(name, text(name));
    }

    /** A whole number of at least 1. */
    public int count(String name, int otherwise) {
        return read(name, otherwise, "a whole number of at least 1", value -> positive(Integer.parseInt(value)));
    }

    /** A time in seconds, fractions allowed. */
    public Duration seconds(String name, double otherwise) {
        return read(
                name,
                millis(BigDecimal.valueOf(otherwise)),
                "a number of seconds",
                value -> millis(new BigDecimal(value)));
    }

    /** The value, read as the default's type; a value that cannot be read so is noted, and the default stands in. */
    @SuppressWarnings("unchecked") // each branch gives the type of the default, which it has just checked
    public <T> T value(String name, T otherwise) {
        if (otherwise instanceof Integer whole) {
            return (T) read(name, whole, "a whole number", Integer::valueOf);
        } else if (otherwise instanceof Long large) {
            return (T) read(name, large, "a whole number", Long::valueOf);
        } else if (otherwise instanceof BigDecimal decimal) {
            return (T) read(name, decimal, "a number", BigDecimal::new);
        } else if (otherwise instanceof Double decimal) {
            return (T) read(name, decimal, "a number", value -> new BigDecimal(value).doubleValue());
        } else if (otherwise instanceof Boolean flag) {
            return (T) read(name, flag, "true or false", Settings::truth);
        } else if (otherwise instanceof List<?>) {
            return (T) find(name).map(value -> List.of(value.split(",", -1))).orElse((List<String>) otherwise);
        }
        return (T) (Object) text(name, String.valueOf(otherwise));
    }

    /** True for what a variable's text can be read as, besides a text. */
    public static boolean reads(Class<?> type) {
        return STAND_INS.containsKey(type);
    }

    /** The value of a variable, read as this type; what cannot be read is noted. */
    public Object value(String name, Class<?> type) {
        return value(name, Objects.requireNonNull(STAND_INS.get(type)));
    }

    /**
     * Notes that a variable's value cannot be used.
     *
     * @param expected what it must be, to follow "must be"; never holds the value of a secret
     */
    public void malformed(String name, String expected) {
        malformed.put(name, expected);
    }

    /** Everything that must be fixed before a run: a sentence for each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (missing.size() == 1) {
            problems.add(missing.get(0) + " is required; set it in the environment or in a file .env");
        } else if (!missing.isEmpty()) {
            problems.add("missing variables: " + String.join(", ", missing)
                    + "; set them in the environment or in a file .env");
        }
        malformed.forEach((name, expected) -> problems.add(name + " must be " + expected));
        return problems;
    }

    private String note(String name) {
        if (!missing.contains(name)) {
            missing.add(name);
        }
        return "";
    }

    private <T> T read(String name, T otherwise, String expected, Function<String, T> parse) {
        Optional<String> value = find(name);
        try {
            return value.map(String::trim).map(parse).orElse(otherwise);
        } catch (IllegalArgumentException e) {
            malformed.put(name, expected + ", but is '" + value.orElse("") + "'");
            return otherwise;
        }
    }

    private static int positive(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("less than 1");
        }
        return value;
    }

    private static Duration millis(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            throw new IllegalArgumentException("negative");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static Boolean truth(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(value);
    }
}
