package dev.backfill.cli.session;

import java.io.PrintWriter;

/**
 * Where a command prints.
 *
 * @param out what was asked for
 * @param err what a person should know beside it
 */
public record Streams(PrintWriter out, PrintWriter err) {}
