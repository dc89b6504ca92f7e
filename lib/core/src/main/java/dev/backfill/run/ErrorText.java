package dev.backfill.run;

import java.util.Arrays;
import java.util.Optional;

/** Explains errors of the Java machine in the words of the one who runs a script. */
public final class ErrorText {
    private ErrorText() {}

    /** What happened, where in the script if it happened there, and what to do. */
    public static String of(Error error) {
        String where = line(error).map(line -> ", at " + line).orElse("");
        if (error instanceof StackOverflowError) {
            return "a function calls itself without end, or a value is nested too deeply (StackOverflowError" + where
                    + "); correct it and start again";
        } else if (error instanceof OutOfMemoryError) {
            return "Java has too little memory (" + error.getMessage() + where
                    + "); give it more, as in JAVA_TOOL_OPTIONS=-Xmx2g, or use a smaller --batch-size, and start again";
        } else if (error instanceof NoClassDefFoundError || error.getCause() instanceof ClassNotFoundException) {
            return "the class " + missing(error) + " is missing" + where
                    + "; add the library that contains it to the script, as in //DEPS group:name:version, and start"
                    + " again";
        } else if (error instanceof LinkageError) {
            return "a library does not fit the others (" + error + where
                    + "); make sure that the script names one version of it, and start again";
        }
        return "unexpected " + error + where;
    }

    /** The text of an error, or the message of any other failure. */
    public static String of(Throwable failure) {
        return failure instanceof Error error ? of(error) : String.valueOf(failure.getMessage());
    }

    private static String missing(Error error) {
        String name = String.valueOf(error.getMessage());
        return name.replaceFirst("^Could not initialize class ", "").replace('/', '.');
    }

    private static Optional<String> line(Error error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> String.valueOf(frame.getFileName()).endsWith(".groovy"))
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .findFirst();
    }
}
