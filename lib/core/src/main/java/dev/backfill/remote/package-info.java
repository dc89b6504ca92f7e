/** What every client of a service that speaks HTTP needs beside the platform's own. */
@NullMarked
package dev.backfill.remote;

import org.jspecify.annotations.NullMarked;
