package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a connector's word that stands alone in a script, as {@code backfill('name') { … }} does. Its method takes
 * whatever it needs and last a {@code Consumer} of its block, and returns a {@code dev.backfill.plan.Entry}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Root {}
