package dev.backfill.mongodb;

/** Where a checkpoint is kept, for messages. */
record Place(String title, String document) {
    @Override
    public String toString() {
        return "the checkpoint '" + document + "' of " + title;
    }
}
