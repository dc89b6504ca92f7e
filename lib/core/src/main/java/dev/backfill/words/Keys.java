package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lists the named arguments of a word, or says what any name stands for. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Keys {
    Key[] value() default {};

    /** Any name may be given: what the names and their values are. */
    String any() default "";

    /** The type of the value of any name. */
    Class<?> type() default Object.class;

    /** Every name given is itself a field of the record. */
    boolean fields() default false;
}
