package dev.backfill.flow;

import dev.backfill.connector.Lookup;
import dev.backfill.plan.RecordStep;
import java.util.Optional;

/** A step of the plan with the lookup that it needs. */
public record OpenStep(RecordStep step, Optional<Lookup> lookup) {}
