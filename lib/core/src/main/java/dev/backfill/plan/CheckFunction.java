package dev.backfill.plan;

import org.jspecify.annotations.Nullable;

/** Looks at what a backfill has done, without changing anything. */
@FunctionalInterface
public interface CheckFunction {
    @Nullable
    Object test();
}
