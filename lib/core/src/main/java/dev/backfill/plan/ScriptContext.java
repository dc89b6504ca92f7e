package dev.backfill.plan;

/**
 * Gives a connector's words what belongs to the script that uses them.
 *
 * @param options where they declare options of the command line
 * @param scope what their functions may ask during a run
 */
public record ScriptContext(Options options, RunScope scope) {
    /** Of words that no script uses: every option has its default. */
    public static ScriptContext none() {
        return new ScriptContext(
                new Options() {
                    @Override
                    public <T> T value(String name, T otherwise, String help) {
                        return otherwise;
                    }
                },
                new RunScope());
    }

    /** The options that a script declares. */
    public interface Options {
        /** Declares an option, whose default also gives its type, and gives its value in this command line. */
        <T> T value(String name, T otherwise, String help);
    }
}
