package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one named argument of a word. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Key {
    String name();

    /** What it does, in a sentence. */
    String value();

    Class<?> type() default Object.class;

    /** What applies without it; empty if there is nothing to say. */
    String otherwise() default "";

    /** A line that uses it as a script would. */
    String example();

    boolean required() default false;

    /** Its literal value is a column of the record. */
    boolean column() default false;
}
