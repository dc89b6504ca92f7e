package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names a type as messages call it; a block is a type whose words stand in braces. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Noun {
    String value();

    boolean block() default false;

    /** The block that it is part of, where another block has the same name. */
    String within() default "";

    /** What its words, and those of the types inside, are for, unless a word says it itself. */
    Task[] task() default {};
}
