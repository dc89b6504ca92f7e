package dev.backfill.postgres.connection;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains why the first connection did not come about, with what to look at next. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    static Failure of(RuntimeException error, ConnectionSettings settings) {
        SQLException cause = find(error, SQLException.class, new SQLException(error.getMessage(), error));
        String doing = "connecting to " + settings.title();
        if (SqlState.of(cause).code().startsWith("5")) {
            return new TransientFailure(doing + ": " + ServerMessage.of(cause), cause);
        }
        return new FatalFailure(doing + " as " + settings.user() + ": " + explained(cause, settings), cause);
    }

    static FatalFailure option(String name, ConnectionSettings settings, SQLException error) {
        return new FatalFailure(
                "connecting to " + settings.title() + ": the driver refuses the option '" + name + "'; leave it out",
                error);
    }

    private static String explained(SQLException error, ConnectionSettings settings) {
        if (has(error, UnknownHostException.class)) {
            return "there is no host of that name; check the host's name";
        } else if (unreachable(error)) {
            return "Network unreachable: a host that has only an IPv6 address needs IPv6 here;"
                    + " use the host and port of its pooler, which has IPv4";
        } else if (has(error, ConnectException.class)) {
            return "nothing listens there; check host and port, and that the server runs";
        } else if (has(error, SocketTimeoutException.class)) {
            return "no answer within " + settings.connectSeconds()
                    + " s; check host and port, and the firewalls between";
        }
        return refused(error);
    }

    private static String refused(SQLException error) {
        String said = ServerMessage.of(error);
        if (has(error, SSLException.class)) {
            return said + "; check sslmode and the file of trusted certificates (DB_SSLMODE, DB_SSLROOTCERT)";
        } else if (said.contains("no encryption")
                || said.contains("SSL off")
                || said.contains("SSL connection is required")) {
            return said + "; the server wants TLS: set DB_SSLMODE=require (or sslmode=require in the URL)";
        } else if (said.contains("does not support SSL")) {
            return said + "; set DB_SSLMODE=disable if the line to it is safe";
        }
        SqlState state = SqlState.of(error);
        return said + " (SQLSTATE " + state + ")" + state.nextStep();
    }

    private static boolean unreachable(SQLException error) {
        return find(error, SocketException.class, new SocketException(""))
                .toString()
                .contains("unreachable");
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        return chain(error).anyMatch(type::isInstance);
    }

    private static <T extends Throwable> T find(Throwable error, Class<T> type, T otherwise) {
        return chain(error).filter(type::isInstance).map(type::cast).findFirst().orElse(otherwise);
    }

    private static Stream<Throwable> chain(Throwable error) {
        return Stream.iterate(error, each -> each != null, Throwable::getCause);
    }
}
