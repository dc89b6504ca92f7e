package dev.backfill.dsl.check;

import dev.backfill.words.Keys;
import dev.backfill.words.OneOf;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.IntStream;

/** One way in which a word can be used. */
record Signature(Method method) {
    /** True unless it is sure that the arguments are not for it. */
    boolean fits(List<Argument> arguments) {
        if (arguments.stream().anyMatch(Argument::isSpread)) {
            return true;
        }
        return fitsNames(arguments)
                && fitsCount(arguments.size())
                && IntStream.range(0, arguments.size())
                        .allMatch(i -> arguments.get(i).fits(type(i)));
    }

    /** True if it takes the text of a variable for something else. */
    boolean reads(List<Argument> arguments) {
        return method.getParameterCount() > 0
                && IntStream.range(0, arguments.size())
                        .anyMatch(i -> arguments.get(i).isReadAs(type(i)));
    }

    /** The parameter that takes the argument at this place, from 0. */
    Parameter parameter(int place) {
        Parameter[] all = method.getParameters();
        return all[Math.min(place, all.length - 1)];
    }

    Type genericType(int place) {
        return method.getGenericParameterTypes()[Math.min(place, method.getParameterCount() - 1)];
    }

    /** The texts that may stand at this place; none if any may. */
    List<String> choices(int place) {
        OneOf choices = parameter(place).getAnnotation(OneOf.class);
        return choices == null ? List.of() : List.of(choices.value());
    }

    Class<?> type(int place) {
        Parameter parameter = parameter(place);
        boolean repeated = parameter.isVarArgs() && place >= method.getParameterCount() - 1;
        return repeated ? parameter.getType().getComponentType() : parameter.getType();
    }

    private boolean fitsNames(List<Argument> arguments) {
        boolean named = !arguments.isEmpty() && arguments.get(0).isNamed();
        boolean any = method.getParameterCount() > 0;
        boolean wanted = any && parameter(0).isAnnotationPresent(Keys.class);
        // a map may also be a value like others
        return named == wanted || (!wanted && any && arguments.get(0).fits(type(0)));
    }

    private boolean fitsCount(int given) {
        int most = method.getParameterCount();
        return method.isVarArgs() ? given >= most - 1 && given > 0 : given == most;
    }
}
