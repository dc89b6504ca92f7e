package dev.backfill.words;

/** Groups the words of the language by what a person wants to do. */
public enum Task {
    STATE("State a backfill", "A script states one backfill, of phases that run one after the other."),
    SETTINGS("Read settings", "Values that differ from one run to the next."),
    CONNECT("Connect", "Servers, tables and folders that a script works on."),
    READ("Read", "Where records come from, and which of them."),
    CHANGE("Change records", "What happens to a record between its source and its sinks."),
    VALUES("Convert values", "Functions for the values of a record."),
    WRITE("Write", "Where records go, and what of them is written."),
    CHECK("Check", "What must be true before, during and after a run."),
    PACE("Limit the speed", "How much is done at once, and how fast."),
    CHECKPOINT("Save the position", "Where a run saves how far it is, so that the next one resumes there."),
    NOTIFY("Notify", "Who hears of a run."),
    SANDBOX("Try a script", "Throwaway servers with production-like data.");

    private final String title;
    private final String about;

    Task(String title, String about) {
        this.title = title;
        this.about = about;
    }

    public String title() {
        return title;
    }

    /** What its words have in common, in a sentence. */
    public String about() {
        return about;
    }
}
