package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.postgres.read.KeysetSource;
import java.util.List;
import java.util.Optional;

/**
 * Describes reading a table in the order of its key.
 *
 * @param required what to say if there is no row; nothing: that is no error
 */
record SelectDefinition(TableDefinition table, List<String> columns, Optional<String> required)
        implements PostgresWords.Selection {
    @Override
    public SelectDefinition orFail(String message) {
        return new SelectDefinition(table, columns, Optional.of(message));
    }

    @Override
    public Source open(Resources resources) {
        KeysetSource source =
                KeysetSource.open(table.open(resources), table.name(), table.keys(), columns, table.conditions());
        return required.map(source::orFail).orElse(source);
    }

    @Override
    public String title() {
        return table.title();
    }

    /** A key may be any text, and a transaction that began earlier may be committed later. */
    @Override
    public boolean grows() {
        return true;
    }
}
