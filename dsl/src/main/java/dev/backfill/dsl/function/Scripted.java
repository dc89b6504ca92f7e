package dev.backfill.dsl.function;

/** Is a script that knows its own source. */
public interface Scripted {
    ScriptSource scriptSource();
}
