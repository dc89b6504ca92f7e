package dev.backfill.words;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lists the names that an argument list may use; a star allows any. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Keys {
    String[] value();

    /** The type of each name's value, in the order of the names; none: any. */
    Class<?>[] types() default {};

    /** Names that must be given. */
    String[] required() default {};

    /** Names whose literal values are columns of the record. */
    String[] columns() default {};

    /** Every name given is itself a field of the record. */
    boolean fields() default false;
}
