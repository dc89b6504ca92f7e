package dev.backfill.dsl.check;

import dev.backfill.dsl.word.Vocabulary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that are known at one place of a script, and the block that the place is in. Used by one thread. */
final class Scope {
    private enum Kind {
        FACTS,
        FUNCTION,
        OPEN
    }

    private final Optional<Scope> parent;
    private final Optional<Vocabulary> block;
    private final String label;
    private final Kind kind;
    private final PhaseColumns columns;
    private final boolean later;
    private final Map<String, Value> variables = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();

    private Scope(Optional<Scope> parent, Optional<Vocabulary> block, String label, Kind kind, PhaseColumns columns) {
        this(parent, block, label, kind, columns, false);
    }

    private Scope(
            Optional<Scope> parent,
            Optional<Vocabulary> block,
            String label,
            Kind kind,
            PhaseColumns columns,
            boolean later) {
        this.parent = parent;
        this.block = block;
        this.label = label;
        this.kind = kind;
        this.columns = columns;
        this.later = later;
    }

    static Scope script() {
        return new Scope(Optional.empty(), Optional.empty(), "the script", Kind.FACTS, new PhaseColumns());
    }

    /** Inside braces that belong to a word. */
    Scope block(Vocabulary words) {
        return new Scope(Optional.of(this), Optional.of(words), words.noun(), Kind.FACTS, new PhaseColumns());
    }

    /** Inside a function, where words of blocks are none. */
    Scope function(String name) {
        return new Scope(Optional.of(this), Optional.empty(), name, kind == Kind.OPEN ? kind : Kind.FUNCTION, columns);
    }

    /** Inside a function that is called while the backfill runs: by several threads, and not again for what is done. */
    Scope later(String name) {
        Scope function = function(name);
        return new Scope(function.parent, function.block, name, function.kind, columns, true);
    }

    /** Inside a function whose names may belong to an object that is not known. */
    Scope open() {
        return new Scope(Optional.of(this), Optional.empty(), label, Kind.OPEN, columns);
    }

    /** Inside braces of a statement. */
    Scope inner() {
        return new Scope(Optional.of(this), block, label, kind, columns);
    }

    /** The block whose words hold here. */
    Optional<Vocabulary> block() {
        return block;
    }

    /** What messages call the place. */
    String label() {
        return label;
    }

    boolean isOpen() {
        return kind == Kind.OPEN;
    }

    boolean inFunction() {
        return kind != Kind.FACTS;
    }

    boolean isTop() {
        return parent.isEmpty();
    }

    boolean isWord(String name) {
        return block.filter(words -> words.has(name)).isPresent();
    }

    PhaseColumns columns() {
        return columns;
    }

    void declare(String name, Value value) {
        variables.put(name, value);
    }

    Optional<Value> find(String name) {
        Value own = variables.get(name);
        return own != null ? Optional.of(own) : parent.flatMap(outer -> outer.find(name));
    }

    /** True for a variable of the script that a function which is called later shares with all that call it. */
    boolean shares(String name) {
        return !variables.containsKey(name)
                && parent.filter(outer ->
                                outer.shares(name) || (later && outer.find(name).isPresent()))
                        .isPresent();
    }

    /** True if the function stands in a block that has the word. */
    boolean isNear(String word) {
        return isWord(word) || parent.filter(outer -> outer.isNear(word)).isPresent();
    }

    Set<String> variables() {
        Set<String> names = new TreeSet<>(variables.keySet());
        parent.ifPresent(outer -> names.addAll(outer.variables()));
        return names;
    }

    /** Notes one more use of a word in this block; gives how many there are now. */
    int use(String word) {
        return used.merge(word, 1, Integer::sum);
    }

    boolean uses(String word) {
        return used.containsKey(word);
    }
}
