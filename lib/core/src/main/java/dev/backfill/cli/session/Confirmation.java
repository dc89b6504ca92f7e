package dev.backfill.cli.session;

import dev.backfill.report.Terminal;
import java.util.List;

/** Asks a person before something is lost. */
public final class Confirmation {
    private Confirmation() {}

    /** {@link WrongUseException} if the answer is not yes, or nobody is there to ask. */
    public static void ask(String question, boolean yes) {
        if (yes) {
            return;
        }
        String answer = Terminal.console()
                .map(console -> console.readLine("%s Type yes: ", question))
                .orElseThrow(() ->
                        new WrongUseException(List.of(question + " There is no terminal to ask:" + " add --yes.")));
        if (!answer.trim().equalsIgnoreCase("yes")) {
            throw new WrongUseException(List.of("nothing was changed"));
        }
    }
}
