package dev.backfill.dsl.block;

import dev.backfill.plan.Check;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.Validation;
import java.util.ArrayList;
import java.util.List;

/** Collects what a script says of its validation. */
final class ValidateBuilder implements ValidateBlock {
    private final List<Check> checks = new ArrayList<>();
    private double atLeast = Validation.standard().atLeast();

    Validation build() {
        return new Validation(checks, atLeast);
    }

    @Override
    public void check(String name, CheckFunction test) {
        checks.add(new Check(name, test));
    }

    @Override
    public void atLeast(Number share) {
        atLeast = share.doubleValue();
    }
}
