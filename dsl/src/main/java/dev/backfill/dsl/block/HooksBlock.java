package dev.backfill.dsl.block;

import dev.backfill.plan.Secret;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** Names what is called when a run starts, ends, fails, stalls or is paused. */
@Noun(value = "hooks", task = Task.NOTIFY, block = true)
public interface HooksBlock {
    @Word(
            value = "Sends a POST in Slack's form, {\"text\": …}.",
            example = "webhook secret('SLACK_URL'), on: ['failure', 'stall']",
            repeats = true)
    void webhook(Secret url);

    void webhook(
            @Keys(
                            @Key(
                                    name = "on",
                                    otherwise = "every event",
                                    value = "The event, or a list of events.",
                                    example = "webhook secret('SLACK_URL'), on: ['failure', 'stall']"))
                    @OneOf({"start", "end", "failure", "stall", "pause"})
                    Map<String, Object> named,
            Secret url);

    @Word(
            value = "Reports a stalled run when no batch was saved for this many minutes. Without it, 10.",
            example = "stallAfter 30")
    void stallAfter(Number minutes);

    @Word(
            value = "Runs a shell command, with BACKFILL_EVENT, BACKFILL_NAME and BACKFILL_TEXT in its "
                    + "environment.",
            example = "command './page-on-call', on: 'failure'",
            repeats = true)
    void command(String line);

    void command(
            @Keys(
                            @Key(
                                    name = "on",
                                    otherwise = "every event",
                                    value = "The event, or a list of events.",
                                    example = "command './page-on-call', on: 'failure'"))
                    @OneOf({"start", "end", "failure", "stall", "pause"})
                    Map<String, Object> named,
            String line);
}
