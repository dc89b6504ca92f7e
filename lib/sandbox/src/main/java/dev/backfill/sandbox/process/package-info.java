/** Keeps other processes and their folders from outliving this one. */
@NullMarked
package dev.backfill.sandbox.process;

import org.jspecify.annotations.NullMarked;
