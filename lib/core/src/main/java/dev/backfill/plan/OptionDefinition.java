package dev.backfill.plan;

/**
 * An option of the command line that a script declares.
 *
 * @param name without the two hyphens
 * @param otherwise its default, which also gives its type
 * @param help a sentence for --help
 */
public record OptionDefinition(String name, Object otherwise, String help) {
    /** True for an option that is given without a value. */
    public boolean flag() {
        return Boolean.FALSE.equals(otherwise);
    }
}
