package dev.backfill.sandbox.words;

import dev.backfill.sandbox.plan.Check;
import dev.backfill.sandbox.plan.Declaration;
import dev.backfill.sandbox.plan.Figure;
import dev.backfill.sandbox.plan.ScriptToRun;
import dev.backfill.sandbox.plan.SearchCollection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Gathers the words of one sandbox. */
final class DeclarationBuilder implements SandboxBlock {
    private static final long USUAL_ROWS = 100_000;

    private final String name;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private Optional<List<SearchCollection>> collections = Optional.empty();
    private ScriptToRun script = new ScriptToRun("", Map.of(), List.of(), false);
    private String about = "";
    private long rows = USUAL_ROWS;
    private Optional<String> records = Optional.empty();
    private List<String> arguments = List.of();
    private boolean mongodb;
    private boolean again;
    private OptionalInt relbase = OptionalInt.empty();

    DeclarationBuilder(String name) {
        this.name = name;
    }

    Declaration build() {
        return new Declaration(
                name,
                about,
                new ScriptToRun(script.path(), script.variables(), arguments, again),
                rows,
                variables,
                statements,
                collections,
                records,
                mongodb,
                relbase,
                checks,
                figures);
    }

    @Override
    public void about(String sentence) {
        about = sentence;
    }

    @Override
    public void script(String path) {
        script = new ScriptToRun(path, Map.of(), List.of(), false);
    }

    @Override
    public void script(Map<String, Object> named, String path) {
        script = new ScriptToRun(path, texts(named), List.of(), false);
    }

    @Override
    public void variables(Map<String, Object> named) {
        variables.putAll(texts(named));
    }

    @Override
    public void rows(Number number) {
        rows = number.longValue();
    }

    @Override
    public void postgres(Consumer<PostgresBlock> block) {
        block.accept(statements::add);
    }

    @Override
    public void typesense(Consumer<SearchBlock> block) {
        List<SearchCollection> found = new ArrayList<>();
        block.accept((collection, inner) -> {
            CollectionBuilder builder = new CollectionBuilder(collection);
            inner.accept(builder);
            found.add(builder.build());
        });
        collections = Optional.of(found);
    }

    @Override
    public void foundationdb(Consumer<RecordsBlock> block) {
        block.accept(query -> records = Optional.of(query));
    }

    @Override
    public void arguments(String... texts) {
        arguments = List.of(texts);
    }

    @Override
    public void again() {
        again = true;
    }

    @Override
    public void mongodb() {
        mongodb = true;
    }

    @Override
    public void relbase(Map<String, Object> named) {
        relbase = OptionalInt.of(Integer.parseInt(String.valueOf(named.get("perSecond"))));
    }

    @Override
    public void check(String sentence, String offenders) {
        checks.add(new Check(sentence, offenders));
    }

    @Override
    public void show(String label, String query) {
        figures.add(new Figure(label, query));
    }

    static Map<String, String> texts(Map<String, Object> named) {
        Map<String, String> texts = new LinkedHashMap<>();
        named.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
