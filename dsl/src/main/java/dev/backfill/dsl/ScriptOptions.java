package dev.backfill.dsl;

import dev.backfill.plan.OptionDefinition;
import dev.backfill.plan.ScriptContext;
import dev.backfill.plan.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The options that a script declares, and their values in this command line. Used by one thread. */
final class ScriptOptions implements ScriptContext.Options {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Arguments arguments;
    private final Map<String, OptionDefinition> declared = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    ScriptOptions(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Declares an option and gives its value, read as the default's type. */
    @Override
    public <T> T value(String name, T otherwise, String help) {
        declare(new OptionDefinition(name, otherwise, help));
        return otherwise instanceof List<?> ? list(name, otherwise) : single(name, otherwise);
    }

    List<OptionDefinition> declared() {
        return List.copyOf(declared.values());
    }

    /** What is wrong with the values, a sentence each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void declare(OptionDefinition option) {
        if (!NAME.matcher(option.name()).matches()) {
            throw new IllegalArgumentException(
                    "an option is called with small letters and hyphens, but not '" + option.name() + "'");
        }
        OptionDefinition before = declared.putIfAbsent(option.name(), option);
        if (before != null && before.help().isEmpty()) {
            declared.put(option.name(), option);
        }
        if (before != null && !before.otherwise().equals(option.otherwise())) {
            throw new IllegalArgumentException("the option '" + option.name()
                    + "' is declared twice, with the defaults " + before.otherwise() + " and " + option.otherwise());
        }
    }

    @SuppressWarnings("unchecked") // a list of texts, as the default is
    private <T> T list(String name, T otherwise) {
        List<String> given = arguments.values(name);
        return given.isEmpty() ? otherwise : (T) given;
    }

    private <T> T single(String name, T otherwise) {
        Map<String, String> given = new HashMap<>();
        Optional<String> value = Boolean.FALSE.equals(otherwise) ? arguments.flag(name) : arguments.value(name);
        value.ifPresent(text -> given.put("--" + name, text));
        Settings settings = new Settings(given);
        T read = settings.value("--" + name, otherwise);
        settings.problems().stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
        return read;
    }
}
