package dev.backfill.sandbox.server;

import java.util.Map;

/** Runs one throwaway server on a free loopback port until it is closed. */
public interface SandboxServer extends AutoCloseable {
    /** Its kind, as the first column of a list: {@code PostgreSQL}. */
    String kind();

    /** Version, address, and whether it is the real thing or a stand-in. */
    String describe();

    /** The variables by which a script finds it; also empty ones, so that none of a stray {@code .env} gets through. */
    Map<String, String> variables();

    /** A command for a shell that looks inside. */
    String lookInside();

    /** Stops it and removes what it kept; a second time does nothing. */
    @Override
    void close();
}
