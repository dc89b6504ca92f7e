package dev.backfill.http.read;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.http.client.Answer;
import dev.backfill.http.client.ServiceClient;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a service's answers hold. What cannot be read may have been cut on its way, so it can be asked for again. */
record Answers(ServiceClient client) {
    /** The parts of a successful answer that are there, by their paths; a failure for any other answer. */
    Map<String, @Nullable Object> parts(String path, Answer answer, Set<String> wanted) {
        if (!answer.success()) {
            throw client.failure(path, answer);
        }
        try {
            return JsonPart.of(answer.body(), wanted);
        } catch (StreamConstraintsException e) {
            throw new FatalFailure(
                    client.doing(path) + ": the answer is beyond the limits of JSON ("
                            + client.service().masked(String.valueOf(e.getOriginalMessage()))
                            + "); asking again cannot help, so exclude what it describes, or ask for smaller pages",
                    e);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new TransientFailure(
                    client.doing(path) + ": the answer is not complete JSON ("
                            + client.service().masked(reason) + ")" + said(answer) + "; it can be tried again",
                    e);
        }
    }

    /** A part that must be there. */
    @Nullable
    Object required(String path, Answer answer, String part) {
        Map<String, @Nullable Object> parts = parts(path, answer, Set.of(part));
        if (!parts.containsKey(part)) {
            throw missing(path, answer, part);
        }
        return parts.get(part);
    }

    TransientFailure missing(String path, Answer answer, String part) {
        return new TransientFailure(client.doing(path) + ": the answer has no '" + part + "'" + said(answer)
                + "; it can be tried again, and if it never has one, fix the script");
    }

    /** The service's own words, bounded and without secrets. */
    private String said(Answer answer) {
        String message = client.service().masked(answer.message());
        return message.isEmpty()
                ? " (status " + answer.status() + ", with nothing in it)"
                : "; the service says (status " + answer.status() + "): " + message;
    }
}
