package dev.backfill.dsl.block;

import dev.backfill.plan.Check;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.Show;
import dev.backfill.plan.Sums;
import dev.backfill.plan.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects what a script says of its validation. */
final class ValidateBuilder implements ValidateBlock {
    private final List<Check> checks = new ArrayList<>();
    private final List<SumsBuilder> sums = new ArrayList<>();
    private final RunScope scope;
    private final List<Show> shows = new ArrayList<>();
    private Optional<String> uncompared = Optional.empty();
    private boolean compareCounts;
    private double atLeast = Validation.standard().atLeast();

    /**
     * @param scope what functions may ask during a run
     */
    ValidateBuilder(RunScope scope) {
        this.scope = scope;
    }

    Validation build(List<Phase> phases) {
        List<Sums> compared = sums.stream().map(each -> each.sums(phases)).toList();
        List<Show> shown = Stream.concat(sums.stream().flatMap(each -> each.show(phases).stream()), shows.stream())
                .toList();
        return new Validation(checks, atLeast, compareCounts, compared, shown, uncompared);
    }

    @Override
    public void check(String name, CheckFunction test) {
        checks.add(new Check(name, test));
    }

    @Override
    public void compareCounts() {
        compareCounts = true;
    }

    @Override
    public void compareSums(Map<String, Object> named, String phase, RecordFunction each) {
        sums.add(new SumsBuilder(new NamedArguments(named), phase, each, scope));
    }

    @Override
    public void show(String title, CheckFunction found) {
        shows.add(new Show(title, resources -> found.test()));
    }

    @Override
    public void show(String title, ReportDefinition report) {
        shows.add(new Show(title, report::lines));
    }

    @Override
    public void acceptUncompared(String reason) {
        uncompared = Optional.of(reason);
    }

    @Override
    public void atLeast(Number share) {
        atLeast = share.doubleValue();
    }
}
