package dev.backfill.typesense.client;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;

/** Sorts what goes wrong with a request. Every request may be sent again: an update twice equals an update once. */
record Failures(Endpoint endpoint) {
    Failure of(Call call, Answer answer) {
        String said = head(call) + "the server answers " + answer.status() + " (" + answer.message() + "); ";
        return switch (answer.status()) {
            case 401, 403 -> new FatalFailure(said + "check " + endpoint.key().name() + ", and what that key may do");
            case 404 ->
                new FatalFailure(
                        said + "check the collection's name, and that " + endpoint.address() + " is the right server");
            case 400 -> call.carriesDocuments() ? refused(said, Rejection.Kind.UNFIT_VALUE) : wrong(said);
            case 413 -> call.carriesDocuments() ? refused(said, Rejection.Kind.TOO_LARGE) : wrong(said);
            case 408, 409, 425 -> new TransientFailure(said + "it can be tried again");
            case 429 -> new ThrottledFailure(said + "it asks for fewer requests", answer.delay());
            default -> answer.status() >= 500 ? unavailable(said, answer) : wrong(said);
        };
    }

    private static Failure wrong(String said) {
        return new FatalFailure(said + "fix what it says, then run again");
    }

    /** The request as a whole, because of at least one of its documents, or because they are too many together. */
    private static Failure refused(String said, Rejection.Kind kind) {
        return new RejectedFailure(said + "fix the documents", kind);
    }

    /** A server that is starting, lagging or restarting may also say for how long. */
    private static Failure unavailable(String said, Answer answer) {
        return answer.delay().isPresent()
                ? new ThrottledFailure(said + "it asks us to wait", answer.delay())
                : new TransientFailure(said + "it can be tried again");
    }

    /** A failure of our own while the answer was taken in stays what it is. */
    Failure of(Call call, Throwable cause) {
        return causes(cause)
                .filter(Failure.class::isInstance)
                .map(Failure.class::cast)
                .findFirst()
                .orElseGet(() -> sorted(call, cause));
    }

    private Failure sorted(Call call, Throwable cause) {
        if (causes(cause).anyMatch(GeneralSecurityException.class::isInstance)) {
            return new FatalFailure(
                    head(call) + "the server's certificate is not trusted (" + cause.getMessage()
                            + "); give its authority's in TYPESENSE_CA_FILE",
                    cause);
        } else if (causes(cause).anyMatch(Failures::unconnected)) {
            return new TransientFailure(
                    head(call) + "no connection to " + endpoint.address()
                            + "; check TYPESENSE_HOST and TYPESENSE_PORT, and that the server runs",
                    cause);
        } else if (cause instanceof IOException) {
            return new TransientFailure(
                    head(call) + "the answer of " + endpoint.address() + " was cut off (" + cause.getMessage()
                            + "); it can be tried again",
                    cause);
        }
        return new FatalFailure(head(call) + cause, cause);
    }

    TransientFailure silent(Call call) {
        return new TransientFailure(head(call) + "no answer from " + endpoint.address() + " within "
                + call.patience().toMillis() / 1000.0 + " s; it can be tried again"
                + (call.carriesDocuments() ? ", with a smaller --batch-size if it happens again" : ""));
    }

    static String head(Call call) {
        return call.doing() + ": ";
    }

    private static boolean unconnected(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
