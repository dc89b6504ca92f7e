package dev.backfill.dsl;

import dev.backfill.dsl.function.ScriptSource;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Entry;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.ScriptContext;
import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** One evaluation of a script: what it reads from outside, and what it states. Used by one thread. */
final class Session {
    private final ScriptSource source;
    private final Arguments arguments;
    private final Variables variables;
    private final Settings settings;
    private final ScriptOptions options;
    private final RunScope scope = new RunScope();
    private final Map<Class<?>, Object> words = new HashMap<>();
    private Optional<Backfill> backfill = Optional.empty();
    private Optional<Entry> entry = Optional.empty();

    Session(ScriptSource source, Arguments arguments, Map<String, String> real) {
        this.source = source;
        this.arguments = arguments;
        this.variables = Variables.read(real, arguments.value("environment"), folders(source.file()));
        this.settings = new Settings(variables.values());
        this.options = new ScriptOptions(arguments);
    }

    ScriptSource source() {
        return source;
    }

    Arguments arguments() {
        return arguments;
    }

    Settings settings() {
        return settings;
    }

    ScriptOptions options() {
        return options;
    }

    RunScope scope() {
        return scope;
    }

    Optional<Backfill> backfill() {
        return backfill;
    }

    Optional<Entry> entry() {
        return entry;
    }

    void states(Backfill stated) {
        backfill = Optional.of(stated);
    }

    void states(Entry stated) {
        entry = Optional.of(stated);
    }

    /** What the files of variables, the variables and the options lack, a sentence each. */
    List<String> problems() {
        List<String> all = new ArrayList<>(variables.problems());
        all.addAll(settings.problems());
        all.addAll(options.problems());
        return all;
    }

    /** The object that answers a connector's words, the same for the whole script. */
    Object words(Class<?> type) {
        return words.computeIfAbsent(
                type,
                wanted -> ServiceLoader.load(WordProvider.class, wanted.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(provider -> provider.words() == wanted)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no module provides the words of " + wanted))
                        .create(settings, new ScriptContext(options, scope)));
    }

    private static List<Path> folders(Path script) {
        Path beside = script.toAbsolutePath().normalize().getParent();
        return Stream.of(Path.of("").toAbsolutePath(), beside).distinct().toList();
    }
}
