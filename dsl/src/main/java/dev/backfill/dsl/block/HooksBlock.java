package dev.backfill.dsl.block;

import dev.backfill.plan.Secret;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Word;
import java.util.Map;

/** Names what is called when a run starts, ends, fails, stalls or is paused. */
@Noun(value = "hooks", block = true)
public interface HooksBlock {
    @Word(
            value = "Gets a POST in Slack's form, {\"text\": …}; on: names an event or several: start, end, failure,"
                    + " stall, pause; else on all.",
            example = "webhook secret('SLACK_URL'), on: ['failure', 'stall']",
            repeats = true)
    void webhook(Secret url);

    void webhook(
            @Keys(value = "on", types = Object.class) @OneOf({"start", "end", "failure", "stall", "pause"})
                    Map<String, Object> named,
            Secret url);

    @Word(value = "A run stalls when no batch was saved for so many minutes; else for 10.", example = "stallAfter 30")
    void stallAfter(Number minutes);

    @Word(
            value = "Is run by the shell, with BACKFILL_EVENT, BACKFILL_NAME and BACKFILL_TEXT set; on: as for"
                    + " webhook.",
            example = "command './page-on-call', on: 'failure'",
            repeats = true)
    void command(String line);

    void command(
            @Keys(value = "on", types = Object.class) @OneOf({"start", "end", "failure", "stall", "pause"})
                    Map<String, Object> named,
            String line);
}
