package dev.backfill.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says that a session of this run waits for a lock, and who holds it.
 *
 * @param lock what is locked, such as public.products; empty if the server does not say
 * @param pid the holder's process on the server; 0 for a prepared transaction
 * @param state the holder's, such as idle in transaction; empty if this user may not see it
 * @param seconds how long the holder is in that state
 * @param query the holder's last statement, in one line; empty if this user may not see it
 */
public record LockWait(
        String lock,
        long pid,
        Optional<String> user,
        Optional<String> application,
        Optional<String> state,
        OptionalLong seconds,
        Optional<String> query) {
    /** "a lock on public.products held by pid 4711 (user app, application psql, idle in transaction for 3 min)". */
    public String text() {
        return "a lock" + (lock.isEmpty() ? "" : " on " + lock) + " held by " + holder();
    }

    /** The same with the holder's last statement. */
    public String full() {
        return text() + query.map(sql -> ", whose last statement was: " + sql).orElse("");
    }

    /** "pid 4711 (user app, application psql, idle in transaction for 3 min)". */
    public String holder() {
        if (pid == 0) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        List<String> known = new ArrayList<>();
        user.ifPresent(name -> known.add("user " + name));
        application.ifPresent(name -> known.add("application " + name));
        state.ifPresent(name -> known.add(name + age()));
        return "pid " + pid + (known.isEmpty() ? "" : " (" + String.join(", ", known) + ")");
    }

    private String age() {
        if (seconds.isEmpty()) {
            return "";
        }
        long age = seconds.getAsLong();
        if (age < 120) {
            return " for " + age + " s";
        }
        return age < 7_200 ? " for " + age / 60 + " min" : " for " + age / 3_600 + " h";
    }
}
