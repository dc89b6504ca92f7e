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

    @Word(value = "The backfill that the script states.", example = "backfill('products') { … }", required = true)
    public final void backfill(String name, Consumer<BackfillBlock> body) {
        BackfillBuilder builder = new BackfillBuilder(session.scope());
        body.accept(builder);
        session.states(builder.build(name, session.options().declared()).calling(HooksBuilder.of(session.settings())));
    }

    @Word(
            value = "The variable, which must be set; read as a number or a flag where one is wanted.",
            example = "env('SHOP_URL')")
    public final String env(String name) {
        return session.settings().text(name);
    }

    @Word(
            value = "The variable, or this value; it is read as a value of the same type.",
            example = "env('BATCH_SIZE', 1000)")
    public final <T> T env(String name, T otherwise) {
        return session.settings().value(name, otherwise);
    }

    @Word(value = "The variable, which must be set and is never printed.", example = "secret('DATABASE_URL')")
    public final Secret secret(String name) {
        return session.settings().secret(name);
    }

    @Word(
            value = "An option of the script's own: its name, its default, which also gives its type, and a sentence"
                    + " for --help.",
            example = "option('since', 'all', 'how far back')")
    public final <T> T option(String name, T otherwise) {
        return session.options().value(name, otherwise, "");
    }

    public final <T> T option(String name, T otherwise, String help) {
        return session.options().value(name, otherwise, help);
    }

    @Word(
            value = "The time as Unix seconds, from any form of time; null gives 0.",
            example = "epochSeconds(p.created_at)")
    public final Long epochSeconds(@Nullable Object time) {
        return Times.epochSeconds(time);
    }

    @Word(value = "The point in time, from any form of time; null stays null.", example = "instant(r.updated)")
    public final @Nullable Instant instant(@Nullable Object time) {
        return Times.instant(time);
    }

    @Word(value = "A uuid, from text or bytes; null stays null.", example = "uuid(q.tea)")
    public final @Nullable UUID uuid(@Nullable Object value) {
        return Texts.uuid(value);
    }

    @Word(
            value = "The one value that all of these give that give any, lists included; two that differ are an error"
                    + " of the record.",
            example = "sameOrReject(d.UserID, d.owner?.user_id)")
    public final @Nullable Object sameOrReject(@Nullable Object... values) {
        return Texts.sameOrReject(values);
    }

    @Word(value = "The text; a value that is none is an error of the record.", example = "text(i.style)")
    public final @Nullable String text(@Nullable Object value) {
        return Texts.text(value);
    }

    @Word(value = "The text without accents on its letters.", example = "withoutAccents(w.name)")
    public final @Nullable String withoutAccents(@Nullable Object value) {
        return Texts.withoutAccents(value);
    }

    @Word(
            value = "The text as a name: small letters and digits without accents, the separator for blanks and"
                    + " hyphens, and nothing for anything else; the last value if nothing is left.",
            example = "slug(w.name, '_', 'warehouse')")
    public final String slug(@Nullable Object text, String separator, String otherwise) {
        return Texts.slug(text, separator, otherwise);
    }

    @Word(value = "Keeps checkpoints as files of this folder.", example = "checkpoint file('progress')")
    public final FileStoreDefinition file(String folder) {
        return new FileStoreDefinition(Path.of(folder));
    }

    @Running
    @Word(value = "The instant at which the run started, the same after every resume.", example = "[updated_at: now()]")
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
