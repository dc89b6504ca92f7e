package dev.backfill.postgres.limit;

import dev.backfill.connector.Budget;
import dev.backfill.connector.Resources;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.time.Duration;
import java.util.List;

/** Describes a count kept in a database for all processes that name it. */
public record PostgresBudgetDefinition(ConnectionSettings settings, String name) implements BudgetDefinition {
    @Override
    public Budget open(Resources resources, long most, Duration period) {
        return new PostgresBudget(database(resources), name, most, period);
    }

    /** A dry run spends as well, though it writes nothing else. */
    private PostgresDatabase database(Resources resources) {
        return resources.readOnly()
                ? resources.shared(
                        List.of("budgets", settings), PostgresDatabase.class, () -> PostgresDatabase.open(settings, 2))
                : PostgresDatabase.shared(settings, resources);
    }

    @Override
    public String title() {
        return "budget " + name;
    }
}
