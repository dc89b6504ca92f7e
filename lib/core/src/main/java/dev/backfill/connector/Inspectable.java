package dev.backfill.connector;

import java.util.List;

/** Something that can look at itself before a run, and changes nothing. */
public interface Inspectable {
    /** What a person should know of it, the most important first. */
    List<Diagnostic> inspect();
}
