package bench;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** What is asked for on the command line. */
record Options(long rows, int rounds, Set<String> only, boolean peers, boolean help) {
    static final String USAGE = """
            bench/run [--rows N] [--rounds N] [--only a,b,f] [--peers]

              --rows N     how many rows each contestant works on (1000000)
              --rounds N   how often each is measured; medians are told (3)
              --only LIST  only these groups, as bench/README.md names them
              --peers      also measures other tools, which pip has to install
            """;

    static Options parse(List<String> words) {
        Queue<String> left = new ArrayDeque<>(words);
        Options options = new Options(1_000_000, 3, Set.of(), false, false);
        while (!left.isEmpty()) {
            options = options.with(left.remove(), left);
        }
        return options;
    }

    private Options with(String word, Queue<String> left) {
        return switch (word) {
            case "--rows" -> new Options(number(word, left, 1_000), rounds, only, peers, help);
            case "--rounds" -> new Options(rows, (int) number(word, left, 1), only, peers, help);
            case "--only" -> new Options(rows, rounds, Set.of(value(word, left).split(",")), peers, help);
            case "--peers" -> new Options(rows, rounds, only, true, help);
            case "--help", "-h" -> new Options(rows, rounds, only, peers, true);
            default -> throw wrong("unknown option " + word);
        };
    }

    private static String value(String word, Queue<String> left) {
        if (left.isEmpty()) {
            throw wrong(word + " needs a value");
        }
        return left.remove();
    }

    private static long number(String word, Queue<String> left, long least) {
        String value = value(word, left);
        if (!value.matches("\\d{1,10}") || Long.parseLong(value) < least) {
            throw wrong(word + " must be a whole number from " + least + " on, not " + value);
        }
        return Long.parseLong(value);
    }

    private static IllegalArgumentException wrong(String what) {
        System.err.println(what + "\n\n" + USAGE);
        System.exit(2);
        return new IllegalArgumentException(what);
    }

    boolean wants(String letter) {
        return only.isEmpty() || only.contains(letter);
    }

    boolean wantsAny(String... letters) {
        return List.of(letters).stream().anyMatch(this::wants);
    }
}
