package dev.backfill.letter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides by its name whether a column or a field holds a secret, such as {@code apiToken}, {@code user_pass} or {@code jwt}. */
final class SecretName {
    /** Whole words only: {@code pin} must not match {@code shipping}, nor {@code auth} an {@code author}. */
    private static final Set<String> WORDS = Set.of(
            "auth",
            "otp",
            "totp",
            "mfa",
            "jwt",
            "pass",
            "passcode",
            "pin",
            "pins",
            "pwd",
            "session",
            "sessions",
            "sid",
            "csrf",
            "cvv",
            "cvc");

    /** Long enough to be looked for anywhere, so that {@code accesstoken} is found. */
    private static final List<String> PARTS = List.of(
            "passw",
            "passphrase",
            "secret",
            "token",
            "bearer",
            "cookie",
            "credential",
            "authoriz",
            "apikey",
            "privatekey",
            "accesskey",
            "signingkey",
            "encryptionkey",
            "sessionid");

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");

    private SecretName() {}

    static boolean matches(String name) {
        String letters = NO_LETTER.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        return PARTS.stream().anyMatch(letters::contains)
                || Arrays.stream(BETWEEN_WORDS.split(name, -1))
                        .anyMatch(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }
}
