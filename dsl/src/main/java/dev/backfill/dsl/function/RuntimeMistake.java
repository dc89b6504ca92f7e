package dev.backfill.dsl.function;

import dev.backfill.connector.UnknownColumnException;
import dev.backfill.words.Nearest;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import groovy.lang.MetaMethod;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in a script's terms what an exception means.
 *
 * @param word the name in the script's line that is wrong; empty if it is not known
 */
record RuntimeMistake(String word, String message) {
    /** SQLSTATE of a statement that writes in a transaction which may only read. */
    private static final String READ_ONLY = "25006";

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    static RuntimeMistake of(Throwable thrown) {
        if (thrown instanceof MissingMethodException missing) {
            return method(missing);
        } else if (thrown instanceof MissingPropertyException missing) {
            return property(missing);
        } else if (thrown instanceof UnknownColumnException) {
            return column(told(thrown));
        } else if (thrown instanceof SQLException refused && READ_ONLY.equals(refused.getSQLState())) {
            return new RuntimeMistake(
                    "",
                    told(thrown)
                            + "; a dry run, plan and validate only look, and nothing was written: take the statement"
                            + " out, or leave it to a run");
        }
        return new RuntimeMistake("", told(thrown));
    }

    /** True for what no value of a record can be blamed for. */
    static boolean isProgramming(Throwable thrown) {
        return thrown instanceof UnknownColumnException
                || thrown instanceof MissingPropertyException
                || thrown instanceof MissingMethodException;
    }

    private static RuntimeMistake method(MissingMethodException missing) {
        MetaClass type = GroovySystem.getMetaClassRegistry().getMetaClass(missing.getType());
        Set<String> known = Stream.concat(type.getMethods().stream(), type.getMetaMethods().stream())
                .map(MetaMethod::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        String name = missing.getMethod();
        String hint = known.contains(name) ? " that takes " + given(missing) : Nearest.hint(name, known);
        return new RuntimeMistake(name, type(missing.getType()) + " has no '" + name + "'" + hint);
    }

    private static String given(MissingMethodException missing) {
        return Arrays.stream(missing.getArguments())
                .map(argument -> argument == null ? "null" : argument.getClass().getSimpleName())
                .toList()
                .toString()
                .replace('[', '(')
                .replace(']', ')');
    }

    private static RuntimeMistake property(MissingPropertyException missing) {
        Set<String> known = new TreeSet<>();
        Arrays.stream(missing.getType().getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("get") && name.length() > 3)
                .map(name -> Introspector.decapitalize(name.substring(3)))
                .forEach(known::add);
        String name = missing.getProperty();
        return new RuntimeMistake(name, type(missing.getType()) + " has no '" + name + "'" + Nearest.hint(name, known));
    }

    private static RuntimeMistake column(String message) {
        Matcher quoted = QUOTED.matcher(message);
        return new RuntimeMistake(quoted.find() ? quoted.group(1) : "", message);
    }

    private static String told(Throwable thrown) {
        return Optional.ofNullable(thrown.getMessage())
                .filter(message -> !message.isBlank())
                .map(String::strip)
                .orElse(thrown.getClass().getSimpleName());
    }

    private static String type(Class<?> type) {
        String name = Objects.requireNonNullElse(type.getSimpleName(), "value");
        return ("AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
