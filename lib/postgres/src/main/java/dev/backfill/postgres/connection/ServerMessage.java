package dev.backfill.postgres.connection;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reports in one line what the server said, or the driver where the server said nothing. */
final class ServerMessage {
    private ServerMessage() {}

    static String of(SQLException error) {
        return Stream.<Throwable>iterate(error, each -> each != null, Throwable::getCause)
                .filter(PSQLException.class::isInstance)
                .map(PSQLException.class::cast)
                .findFirst()
                .map(ServerMessage::told)
                .orElseGet(() -> String.valueOf(error.getMessage()));
    }

    private static String told(PSQLException error) {
        ServerErrorMessage said = error.getServerErrorMessage();
        if (said == null) {
            return driver(error);
        }
        return Stream.of(said.getMessage(), said.getDetail(), said.getHint())
                .flatMap(part -> Optional.ofNullable(part).stream())
                .collect(Collectors.joining("; "));
    }

    private static String driver(PSQLException error) {
        String message = String.valueOf(error.getMessage());
        return error.getCause() == null
                ? message
                : message + " " + error.getCause().getMessage();
    }
}
