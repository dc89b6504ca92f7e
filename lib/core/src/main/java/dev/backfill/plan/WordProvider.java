package dev.backfill.plan;

/** Shows the checker and the runtime which words a connector adds to the language; found by ServiceLoader. */
public interface WordProvider {
    /** The interface whose methods are the words. */
    Class<?> words();

    /** Makes the object that answers those words, reading what it needs from the settings; connects to nothing. */
    Object create(Settings settings);

    /** The same for a script, whose options the words may declare. */
    default Object create(Settings settings, ScriptContext context) {
        return create(settings);
    }
}
