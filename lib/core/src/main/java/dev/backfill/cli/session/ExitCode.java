package dev.backfill.cli.session;

import dev.backfill.layout.Table;
import dev.backfill.time.Stop;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names every exit code with its meaning and the next step; the help and docs/operations.md are made from it. */
public enum ExitCode {
    DONE(0, "done", "`validate`, to compare what was written"),
    FAILED(
            1,
            "failed, also by an error in the script that shows only after a batch was saved; the checkpoint is saved"
                    + " after the last batch",
            "do what the message says, then run the same command again"),
    WRONG_USE(
            2,
            "wrong use, an error in the script found before the first batch was saved, or a changed script; nothing"
                    + " was saved",
            "fix what the message names"),
    DEAD_LETTERS(
            3,
            "done, but some records are dead letters, or were suppressed or altered by the database",
            "`status`, fix the data or the script, then `retry`"),
    PAUSED(
            4,
            "stopped early as requested: a limit, the end of its time or window, `pause`, or `cancel`",
            "run the same command again when it may continue; after `pause` or `cancel`, `resume` first"),
    NOT_VALID(
            5,
            "`plan` or `validate` found problems",
            "fix what `plan` names; look at the records that `validate` shows, then `validate --repair`"),
    OWNED(6, "another process runs this backfill", "leave it to that process; if it hangs, `takeover --reason …`"),
    HANGUP(Stop.HANGUP),
    INTERRUPTED(Stop.INTERRUPT),
    TERMINATED(Stop.TERMINATE);

    private final int code;
    private final String meaning;
    private final String nextStep;

    ExitCode(int code, String meaning, String nextStep) {
        this.code = code;
        this.meaning = meaning;
        this.nextStep = nextStep;
    }

    ExitCode(Stop signal) {
        this(signal.exitCode(), stopped("SIG" + signal.signal()), "run the same command again");
    }

    /** All codes for the end of the help: a row each, and one row for the signals. */
    public static Table table() {
        Table table = Table.of(Table.Column.left(""), Table.Column.left(""));
        Arrays.stream(values())
                .filter(each -> !each.isSignal())
                .forEach(each -> table.row(String.valueOf(each.code), each.meaning.replace("`", "")));
        return table.row(
                signals(signal -> String.valueOf(signal.exitCode())),
                stopped(signals(signal -> "SIG" + signal.signal())));
    }

    public int code() {
        return code;
    }

    /** What the code says, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** What a person does about it, in Markdown. */
    public String nextStep() {
        return nextStep;
    }

    private boolean isSignal() {
        return Stop.signals().stream().anyMatch(signal -> signal.exitCode() == code);
    }

    private static String signals(Function<Stop, String> text) {
        return Stop.signals().stream().map(text).collect(Collectors.joining("/"));
    }

    private static String stopped(String signal) {
        return "stopped by " + signal + " with the checkpoint saved";
    }
}
