package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a word of the language in one sentence, with a line to copy. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Word {
    String value();

    /** A line that uses the word as a script would. */
    String example() default "";

    /** What it is for, if that is not what the other words of its type are for. */
    Task[] task() default {};

    /** The block is not complete without it. */
    boolean required() default false;

    /** Of a required word: the block is complete with this one as well. */
    String instead() default "";

    /** It may stand in its block more than once. */
    boolean repeats() default false;

    /** Its first argument is a name, and no other use of the word in its block may have the same. */
    boolean unique() default false;
}
