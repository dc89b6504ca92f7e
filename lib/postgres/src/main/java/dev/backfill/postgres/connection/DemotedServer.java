package dev.backfill.postgres.connection;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Makes the pool give up a connection whose server takes no writes any more: the address may lead to another one by now. */
public final class DemotedServer implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException error) {
        return SqlState.of(error).takesNoWrites() ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
