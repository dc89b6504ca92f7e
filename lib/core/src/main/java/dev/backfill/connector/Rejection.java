package dev.backfill.connector;

import java.util.Locale;

/**
 * Why a record was refused.
 *
 * @param reason in the words of who refused it
 */
public record Rejection(Kind kind, String reason) {
    /** The sorts of refusals that a person fixes each in another way. */
    public enum Kind {
        /** A value is none for its place: of another type, out of range, too long. */
        UNFIT_VALUE,
        /** A value is missing where there must be one. */
        MISSING_VALUE,
        /** Another record has the same where only one may have it. */
        DUPLICATE,
        /** It refers to something that is not there, or not there yet: tried again at the end. */
        MISSING_PARENT,
        /** A rule of the target says no. */
        RULE,
        /** More than the target takes. */
        TOO_LARGE,
        /** A function of the script failed on it. */
        SCRIPT,
        /** The source could not make a record of it. */
        UNREADABLE,
        /** For a reason that is reported in words only. */
        OTHER;

        /** As people read it: "missing parent". */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
