/** The servers of a sandbox: real ones where they can be had, stand-ins otherwise, each saying which it is. */
@NullMarked
package dev.backfill.sandbox.server;

import org.jspecify.annotations.NullMarked;
