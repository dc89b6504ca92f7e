package dev.backfill.http.client;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Sorts what goes wrong with a call. Every call only reads, so each may be made again. */
record Failures(Service service) {
    Failure of(String doing, Answer answer) {
        String said = doing + ": the service answers " + answer.status() + said(answer) + "; ";
        return switch (answer.status()) {
            case 401, 403 -> new FatalFailure(said + "check " + service.credentials() + ", and what it may do");
            case 408, 409, 425 -> new TransientFailure(said + "it can be tried again");
            case 429 -> new ThrottledFailure(said + "it asks for fewer requests", answer.delay());
            default -> answer.status() >= 500 ? unavailable(said, answer) : refused(said, answer);
        };
    }

    private String said(Answer answer) {
        String message = service.masked(answer.message());
        return message.isEmpty() ? "" : " (" + message + ")";
    }

    private static Failure unavailable(String said, Answer answer) {
        return answer.delay().isPresent()
                ? new ThrottledFailure(said + "it asks us to wait", answer.delay())
                : new TransientFailure(said + "it can be tried again");
    }

    /** Another call may well succeed: this one never will. */
    private static Failure refused(String said, Answer answer) {
        return answer.status() < 400
                ? new FatalFailure(said + "it has moved, and the headers are not sent anywhere else: fix the address")
                : new RejectedFailure(said + "fix what it says, then run again");
    }

    Failure of(String doing, Throwable cause) {
        if (causes(cause).anyMatch(GeneralSecurityException.class::isInstance)) {
            return new FatalFailure(
                    doing + ": the certificate of " + service.address() + " is not trusted (" + cause.getMessage()
                            + "); give its authority's: certificates 'file.pem'",
                    cause);
        } else if (has(cause, BoundedBody.TooLargeException.class)) {
            return new RejectedFailure(
                    doing + ": the answer is larger than " + service.largest() / 1024 / 1024
                            + " MB; ask for less at once, or allow more: largest '64 MB'",
                    cause);
        } else if (has(cause, UnknownHostException.class) || unresolved(cause)) {
            return new FatalFailure(
                    doing + ": there is no host of " + service.address() + "; check the address", cause);
        } else if (has(cause, ConnectException.class) || has(cause, HttpConnectTimeoutException.class)) {
            return new TransientFailure(
                    doing + ": no connection to " + service.address() + "; check the address, and that it runs", cause);
        } else if (has(cause, TimeoutException.class)) {
            return new TransientFailure(
                    doing + ": no whole answer within " + service.patience().toMillis() / 1000.0
                            + " s; it can be tried again",
                    cause);
        } else if (has(cause, IOException.class)) {
            return new TransientFailure(
                    doing + ": the answer was cut off (" + cause.getMessage() + "); it can be tried again", cause);
        }
        return new FatalFailure(doing + ": " + cause, cause);
    }

    /** How the JDK's client says that a name has no address. */
    private static boolean unresolved(Throwable cause) {
        return causes(cause).anyMatch(each -> each instanceof java.nio.channels.UnresolvedAddressException);
    }

    private static boolean has(Throwable first, Class<? extends Throwable> type) {
        return causes(first).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
