package dev.backfill.connector;

/** Says that a text that was given for a key is none of the source's. */
public final class UnfitKeyException extends UnfitScopeException {
    private final String key;

    /**
     * @param message what it is, and what a key looks like
     */
    public UnfitKeyException(String key, String message) {
        super(message);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
