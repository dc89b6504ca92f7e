package dev.backfill.dsl;

import dev.backfill.dsl.block.BackfillBlock;
import dev.backfill.dsl.block.BackfillBuilder;
import dev.backfill.dsl.block.HooksBuilder;
import dev.backfill.dsl.function.ScriptSource;
import dev.backfill.dsl.function.Scripted;
import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.Mistakes;
import dev.backfill.dsl.value.Texts;
import dev.backfill.dsl.value.Times;
import dev.backfill.file.FileStoreDefinition;
import dev.backfill.plan.Entry;
import dev.backfill.plan.Secret;
import dev.backfill.plan.SqlDatabase;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import groovy.lang.Binding;
import groovy.lang.Script;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives every script its functions; the checker makes it the base class of a script. */
public abstract class BackfillScript extends Script implements Scripted {
    private Session session =
            new Session(new ScriptSource(getClass().getName(), Path.of("")), new Arguments(List.of()), Map.of());

    protected BackfillScript() {}

    protected BackfillScript(Binding binding) {
        super(binding);
    }

    @Word(
            value = "States the backfill; a script has exactly one.",
            example = "backfill('products') { … }",
            required = true,
            task = Task.STATE)
    public final void backfill(String name, Consumer<BackfillBlock> body) {
        BackfillBuilder builder = new BackfillBuilder(session.scope());
        body.accept(builder);
        session.states(builder.build(name, session.options().declared()).calling(HooksBuilder.of(session.settings())));
    }

    @Word(
            value = "Reads an environment variable; fails if it is not set. The text becomes a number or a "
                    + "flag where a word takes one.",
            example = "env('SHOP_URL')",
            task = Task.SETTINGS)
    public final String env(String name) {
        return session.settings().text(name);
    }

    @Word(
            value = "Reads an environment variable; gives the second argument if it is not set. The value "
                    + "has the type of that argument.",
            example = "env('BATCH_SIZE', 1000)",
            task = Task.SETTINGS)
    public final <T> T env(String name, T otherwise) {
        return session.settings().value(name, otherwise);
    }

    @Word(
            value = "Reads an environment variable that is never printed; fails if it is not set.",
            example = "secret('DATABASE_URL')",
            task = Task.SETTINGS)
    public final Secret secret(String name) {
        return session.settings().secret(name);
    }

    @Word(
            value = "Declares a command line option of the script and gives its value. The default also sets "
                    + "the type.",
            example = "option('since', 'all')",
            task = Task.SETTINGS)
    public final <T> T option(String name, T otherwise) {
        return session.options().value(name, otherwise, "");
    }

    @Word(
            value = "Declares an option with a sentence for --help.",
            example = "option('since', 'all', 'how far back')",
            task = Task.SETTINGS)
    public final <T> T option(String name, T otherwise, String help) {
        return session.options().value(name, otherwise, help);
    }

    @Word(
            value = "Converts a time in any form to Unix seconds; null becomes 0.",
            example = "epochSeconds(p.created_at)",
            task = Task.VALUES)
    public final Long epochSeconds(@Nullable Object time) {
        return Times.epochSeconds(time);
    }

    @Word(
            value = "Converts a time in any form to an instant; null stays null.",
            example = "instant(r.updated)",
            task = Task.VALUES)
    public final @Nullable Instant instant(@Nullable Object time) {
        return Times.instant(time);
    }

    @Word(
            value = "Converts a text or 16 bytes to a UUID; null stays null.",
            example = "uuid(q.tea)",
            task = Task.VALUES)
    public final @Nullable UUID uuid(@Nullable Object value) {
        return Texts.uuid(value);
    }

    @Word(
            value = "Gives the only value among the arguments, where null counts as none and a list as its "
                    + "items; rejects the record if two differ.",
            example = "sameOrReject(d.UserID, d.owner?.user_id)",
            task = Task.VALUES)
    public final @Nullable Object sameOrReject(@Nullable Object... values) {
        return Texts.sameOrReject(values);
    }

    @Word(
            value = "Gives the text; rejects the record if the value is another type. Null stays null.",
            example = "text(i.style)",
            task = Task.VALUES)
    public final @Nullable String text(@Nullable Object value) {
        return Texts.text(value);
    }

    @Word(
            value = "Removes the accents from the letters of a text.",
            example = "withoutAccents(w.name)",
            task = Task.VALUES)
    public final @Nullable String withoutAccents(@Nullable Object value) {
        return Texts.withoutAccents(value);
    }

    @Word(
            value = "Makes a name from a text: small letters without accents, digits, and the separator for "
                    + "blanks and hyphens; drops everything else. Gives the last argument if nothing is left.",
            example = "slug(w.name, '_', 'warehouse')",
            task = Task.VALUES)
    public final String slug(@Nullable Object text, String separator, String otherwise) {
        return Texts.slug(text, separator, otherwise);
    }

    @Word(
            value = "Keeps checkpoints as files in a folder.",
            example = "checkpoint file('progress')",
            task = Task.CHECKPOINT)
    public final FileStoreDefinition file(String folder) {
        return new FileStoreDefinition(Path.of(folder));
    }

    @Running
    @Word(
            value = "Gives the instant at which the run started, the same after every resume.",
            example = "[updated_at: now()]",
            task = Task.VALUES)
    public final Instant now() {
        return session.scope().started();
    }

    /** What the object in {@code object.sql} becomes: the way to its connections if it is a database, else itself. */
    public final @Nullable Object asking(@Nullable Object object) {
        return object instanceof SqlDatabase database
                ? new SqlAccess(database, session.scope().resources())
                : object;
    }

    /** What a variable becomes where a number or a flag is wanted; {@code text} has noted it as missing if it is. */
    public final Object reading(String name, String text, Class<?> wanted) {
        return session.settings().value(name, wanted);
    }

    /** What the name of a connector's word becomes. */
    public final Object words(Class<?> type) {
        return session.words(type);
    }

    /** What a connector's root word becomes. */
    public final void entry(Entry entry) {
        session.states(entry);
    }

    /** What the body of a script with mistakes throws: each as file, line, column, width, message and source line. */
    public final RuntimeException mistakes(List<List<Object>> found) {
        return new Mistakes(found.stream()
                .map(one -> new Mistake(
                        (String) one.get(0),
                        (Integer) one.get(1),
                        (Integer) one.get(2),
                        (Integer) one.get(3),
                        (String) one.get(4),
                        (String) one.get(5)))
                .toList());
    }

    @Override
    public final ScriptSource scriptSource() {
        return session.source();
    }

    final void begin(Session started) {
        session = started;
    }
}
