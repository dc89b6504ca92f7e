/** A Typesense server for the sandbox and for specs: the real one where it is present, else a stand-in. */
@NullMarked
package dev.backfill.sandbox.typesense;

import org.jspecify.annotations.NullMarked;
