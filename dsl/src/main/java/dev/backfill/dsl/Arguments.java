package dev.backfill.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks options up in a command line before it is parsed: the body of a script needs their values. */
record Arguments(List<String> all) {
    Arguments {
        all = List.copyOf(all);
    }

    /** Every value given as {@code --name=value} or {@code --name value}. */
    List<String> values(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < options().size(); i++) {
            String argument = all.get(i);
            if (argument.startsWith("--" + name + "=")) {
                found.add(argument.substring(name.length() + 3));
            } else if (argument.equals("--" + name) && i + 1 < options().size()) {
                found.add(all.get(i + 1));
            }
        }
        return found;
    }

    /** The last value given. */
    Optional<String> value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** The value of an option that needs none: its mere presence is true. */
    Optional<String> flag(String name) {
        return options().stream()
                .filter(argument -> argument.equals("--" + name) || argument.startsWith("--" + name + "="))
                .map(argument -> argument.equals("--" + name) ? "true" : argument.substring(name.length() + 3))
                .reduce((first, last) -> last);
    }

    boolean has(String name) {
        return options().contains("--" + name);
    }

    /** What stands before a bare double hyphen. */
    private List<String> options() {
        int end = all.indexOf("--");
        return end < 0 ? all : all.subList(0, end);
    }
}
