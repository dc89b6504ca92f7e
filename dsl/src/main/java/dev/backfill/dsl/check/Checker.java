package dev.backfill.dsl.check;

import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.ScriptText;
import dev.backfill.dsl.word.Catalog;
import java.util.IdentityHashMap;
import java.util.List;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Walks once through a script: notes every mistake, and resolves every name that stands alone. Used by one thread. */
final class Checker {
    private final Findings findings;
    private final Catalog catalog;
    private final ScriptNames names;
    private final Fingerprints fingerprints;
    private final Counters counters = new Counters();
    private final IdentityHashMap<Expression, Value> values = new IdentityHashMap<>();
    private final Walk walk = new Walk(this);
    private final Scope fields = Scope.script();
    private Scope scope = Scope.script();
    private boolean inBody = true;

    Checker(ScriptText text, Catalog catalog, ScriptNames names) {
        this.findings = new Findings(text);
        this.catalog = catalog;
        this.names = names;
        this.fingerprints = new Fingerprints(text, names.methods());
    }

    /** All mistakes, in the order of the script. */
    List<Mistake> check() {
        names.bodies().forEach(body -> body.getCode().visit(walk));
        inBody = false;
        names.methods().forEach(this::method);
        counters.finish(findings);
        return findings.sorted();
    }

    /** Notes a mistake at the name of what is called. */
    void report(MethodCallExpression call, String name, String message) {
        findings.add(call.getMethod(), name, message);
    }

    Findings findings() {
        return findings;
    }

    Catalog catalog() {
        return catalog;
    }

    ScriptNames names() {
        return names;
    }

    Fingerprints fingerprints() {
        return fingerprints;
    }

    Counters counters() {
        return counters;
    }

    Scope scope() {
        return scope;
    }

    /** The variables that the script's methods see too. */
    Scope fields() {
        return fields;
    }

    Walk walk() {
        return walk;
    }

    /** The script itself, as an object whose methods can be called where the walk is. */
    Expression script() {
        return inBody ? names.itself() : VariableExpression.THIS_EXPRESSION;
    }

    Value value(Expression expression) {
        return values.getOrDefault(expression, Value.UNKNOWN);
    }

    void know(Expression expression, Value value) {
        values.put(expression, value);
    }

    /** Does something inside another scope. */
    void in(Scope inner, Runnable visit) {
        Scope outer = scope;
        scope = inner;
        visit.run();
        scope = outer;
    }

    /** Walks through a function that a word is given, whose first parameter is known. */
    void function(ClosureExpression function, Value first) {
        function(function, first, scope.later("a function"));
    }

    /** Walks through any other function. */
    void function(ClosureExpression function) {
        function(function, Value.UNKNOWN, scope.function("a function"));
    }

    private void function(ClosureExpression function, Value first, Scope inside) {
        in(inside, () -> {
            Parameter[] parameters = function.getParameters();
            if (parameters != null && parameters.length == 0) {
                scope.declare("it", first);
            } else if (parameters != null) {
                declare(parameters, first);
            }
            function.getCode().visit(walk);
        });
    }

    private void method(MethodNode method) {
        String name = method.getName();
        if (catalog.functions().has(name)) {
            findings.addDeclared(method, name, "a method must not be called like the word '" + name + "'");
        }
        walk.type(method.getReturnType(), method);
        in(fields.later("a method"), () -> {
            declare(method.getParameters(), Value.UNKNOWN);
            method.getCode().visit(walk);
        });
    }

    private void declare(Parameter[] parameters, Value first) {
        for (int i = 0; i < parameters.length; i++) {
            walk.type(parameters[i].getType(), parameters[i]);
            scope.declare(parameters[i].getName(), i == 0 ? first : Value.UNKNOWN);
            if (parameters[i].hasInitialExpression()) {
                parameters[i].getInitialExpression().visit(walk);
            }
        }
    }
}
