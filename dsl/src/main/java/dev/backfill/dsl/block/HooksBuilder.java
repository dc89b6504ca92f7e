package dev.backfill.dsl.block;

import dev.backfill.plan.HookEvent;
import dev.backfill.plan.HookPlan;
import dev.backfill.plan.HookRule;
import dev.backfill.plan.Secret;
import dev.backfill.plan.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects the hooks of a script, and those of the environment. */
public final class HooksBuilder implements HooksBlock {
    private static final String VARIABLE = "BACKFILL_HOOK";

    private final List<HookRule> rules = new ArrayList<>();
    private Duration stall = HookPlan.none().stall();

    HookPlan build() {
        return new HookPlan(rules, stall);
    }

    /** What BACKFILL_HOOK (on all events), BACKFILL_HOOK_FAILURE and its like name: an address, or a command. */
    public static List<HookRule> of(Settings settings) {
        List<HookRule> rules = new ArrayList<>();
        add(rules, settings, VARIABLE, EnumSet.allOf(HookEvent.class));
        for (HookEvent event : HookEvent.values()) {
            add(rules, settings, VARIABLE + "_" + event.title().toUpperCase(Locale.ROOT), Set.of(event));
        }
        return rules;
    }

    private static void add(List<HookRule> rules, Settings settings, String variable, Set<HookEvent> events) {
        settings.find(variable)
                .ifPresent(text -> rules.add(new HookRule(events, HookRule.call(new Secret(variable, text)))));
    }

    @Override
    public void webhook(Secret url) {
        webhook(Map.of(), url);
    }

    @Override
    public void webhook(Map<String, Object> named, Secret url) {
        rules.add(new HookRule(events(named), new HookRule.Call.Webhook(url)));
    }

    @Override
    public void command(String line) {
        command(Map.of(), line);
    }

    @Override
    public void command(Map<String, Object> named, String line) {
        rules.add(new HookRule(events(named), new HookRule.Call.Command(line)));
    }

    @Override
    public void stallAfter(Number minutes) {
        stall = Duration.ofMillis(Math.round(minutes.doubleValue() * 60_000));
    }

    private static Set<HookEvent> events(Map<String, Object> named) {
        Object on = named.get("on");
        if (on == null) {
            return EnumSet.allOf(HookEvent.class);
        }
        Collection<?> several = on instanceof Collection<?> list ? list : List.of(on);
        Set<HookEvent> events = EnumSet.noneOf(HookEvent.class);
        several.forEach(event -> events.add(HookEvent.named(String.valueOf(event))));
        return events;
    }
}
