package dev.backfill.dsl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.layout.ScreenDetection;
import dev.backfill.plan.ScriptException;
import dev.backfill.report.Terminal;
import java.util.List;
import java.util.Map;

/** Reports the mistakes of a script: to a person on standard error, or with {@code --json} as one object on standard output. */
record Complaint(List<String> arguments) {
    void tell(List<Mistake> mistakes) {
        if (wantsJson()) {
            print(mistakes);
            return;
        }
        mistakes.forEach(mistake -> print(mistake.text()));
        System.err.println(
                mistakes.size() == 1 ? "1 mistake; nothing was run" : mistakes.size() + " mistakes; nothing was run");
    }

    void tell(ScriptException thrown) {
        if (wantsJson()) {
            print(thrown.mistakes().stream()
                    .map(text -> Map.of("message", text))
                    .toList());
        } else {
            thrown.mistakes().forEach(Complaint::print);
        }
    }

    private static void print(String text) {
        System.err.println(
                ScreenDetection.of(Terminal.present(), System.getenv()).wrapped(text));
    }

    private boolean wantsJson() {
        return new Arguments(arguments).has("json");
    }

    private static void print(List<?> mistakes) {
        try {
            System.out.println(new ObjectMapper().writeValueAsString(Map.of("mistakes", mistakes)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("mistakes cannot be written as JSON", e);
        }
    }
}
