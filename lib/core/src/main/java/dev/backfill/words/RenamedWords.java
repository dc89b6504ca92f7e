package dev.backfill.words;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names the word that replaced each one of the development versions, for messages; to be deleted with 0.2. */
public final class RenamedWords {
    private static final String SCRIPT = "script";

    private static final Map<String, Renamed> ALL = List.of(
                    Renamed.of(SCRIPT, "agreed", "sameOrReject"),
                    Renamed.of("backfill", "before", "beforeRun"),
                    Renamed.of("phase", "detail", "logEach"),
                    Renamed.of("phase", "recheck", "repeatUntilStable"),
                    Renamed.of("validate", "counts", "compareCounts"),
                    Renamed.of("validate", "sums", "compareSums"),
                    Renamed.of("folder", "json", "writeJson"),
                    Renamed.of("folder", "jsonl", "writeJsonl"),
                    Renamed.of("folder", "read", "readJson"),
                    Renamed.of("folder", "lines", "readJsonl"),
                    Renamed.of("folder", "madeBy", "orFail"),
                    Renamed.of("records of a file", "each", "unnest"),
                    Renamed.of("file", "header", "envelope"),
                    Renamed.of("request for combinations", "answer", "response"),
                    Renamed.of("answers", "noneOn", "emptyOn"),
                    Renamed.of("throttle", "atOnce", "concurrency"),
                    Renamed.of("throttle", "sharedIn", "sharedVia"),
                    new Renamed("table whereIf", "where", "where(condition, when: true or false)"),
                    Renamed.of("selection", "required", "orFail"),
                    Renamed.of("upsert", "orBy", "fallbackKey"),
                    Renamed.of("upsert", "distinct", "suffixDuplicates"),
                    Renamed.of("upsert", "replacing", "replaceWhere"),
                    Renamed.of("newRows", "tail:", "catchUp:"),
                    Renamed.of("lookup", "missing:", "orReject:"),
                    Renamed.of("sink", "counted:", "countAs:"),
                    Renamed.of("sink", "missing:", "countMissingAs:"),
                    Renamed.of("sink", "when:", "only:"),
                    Renamed.of("compareSums", "held:", "actual:"),
                    Renamed.of("lag", "stop:", "pauseAbove:"),
                    Renamed.of("lag", "goOn:", "resumeBelow:"),
                    Renamed.of("", "--window", "--in-flight"),
                    Renamed.of("", "--stay", "--idle-when-done"),
                    Renamed.of("", "--ok-codes", "--exit-zero-on"))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Renamed::was, Function.identity()));

    private RenamedWords() {}

    /**
     * One old word and what to write instead.
     *
     * @param was where it was a word, and the word
     * @param now the word that replaced it
     * @param written the new word as it is written
     */
    public record Renamed(String was, String now, String written) {
        static Renamed of(String place, String old, String now) {
            return new Renamed(place + " " + old, now, now);
        }

        /** The whole message. */
        public String message() {
            return "'" + was.substring(was.lastIndexOf(' ') + 1) + "' is now '" + written + "'";
        }
    }

    /** For a word that a block or a value had, by what messages call it. */
    public static Optional<Renamed> word(String noun, String old) {
        return Optional.ofNullable(ALL.get(noun + " " + old));
    }

    /** For a function of every script. */
    public static Optional<Renamed> function(String old) {
        return word(SCRIPT, old);
    }

    /** For a named argument, without its colon, of the word as it is called now. */
    public static Optional<Renamed> argument(String word, String old) {
        return word(word, old + ":");
    }

    /** For an option of the command line, with its dashes. */
    public static Optional<Renamed> option(String old) {
        return word("", old);
    }
}
