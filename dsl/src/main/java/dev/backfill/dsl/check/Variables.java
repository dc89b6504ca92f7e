package dev.backfill.dsl.check;

import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Nearest;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Checks the names of variables, and words that are used as if they were some. */
final class Variables {
    private final Checker checker;

    Variables(Checker checker) {
        this.checker = checker;
    }

    void declare(String name) {
        checker.scope().declare(name, Value.UNKNOWN);
    }

    /** A variable called like a word would take the word's calls. */
    void declare(VariableExpression variable, Value value) {
        String name = variable.getName();
        if (checker.scope().isWord(name)) {
            checker.findings().add(variable, name, "a variable must not be called like the word '" + name + "'");
        }
        checker.scope().declare(name, value);
    }

    void read(VariableExpression variable) {
        String name = variable.getName();
        Optional<Value> known = checker.scope().find(name);
        if (known.isPresent()) {
            checker.know(variable, known.get());
        } else if (!isElsewhere(name)) {
            Set<String> near = checker.scope().variables();
            if (Character.isUpperCase(name.charAt(0))) {
                near.addAll(checker.names().usualClasses());
            }
            checker.findings().add(variable, name, "undeclared variable '" + name + "'" + Nearest.hint(name, near));
        }
    }

    /** True, and reported, for a word that stands without its value or is assigned. */
    boolean isMisusedWord(Expression expression) {
        if (checker.scope().block().isEmpty()) {
            return false;
        }
        Vocabulary block = checker.scope().block().get();
        if (expression instanceof VariableExpression variable) {
            return isBareWord(variable, block);
        }
        return expression instanceof BinaryExpression assignment
                && !(expression instanceof DeclarationExpression)
                && assignment.getOperation().getText().equals("=")
                && assignment.getLeftExpression() instanceof VariableExpression variable
                && isAssignedWord(variable, assignment.getRightExpression(), block);
    }

    private boolean isBareWord(VariableExpression word, Vocabulary block) {
        String name = word.getName();
        if (checker.scope().find(name).isPresent() || !block.has(name)) {
            return false;
        }
        boolean empty = block.methods(name).stream().allMatch(method -> method.getParameterCount() == 0);
        String needs = empty ? "()" : "a value";
        checker.scope().use(name);
        checker.findings().add(word, name, "'" + name + "' needs " + needs + Phrases.example(block, name));
        return true;
    }

    private boolean isAssignedWord(VariableExpression word, Expression value, Vocabulary block) {
        String name = word.getName();
        if (checker.scope().find(name).isPresent()) {
            return false;
        }
        value.visit(checker.walk());
        checker.scope().use(name);
        String message = block.has(name)
                ? "'" + name + "' is not assigned" + Phrases.example(block, name)
                : "undeclared variable '" + name + "'" + Nearest.hint(name, block.names());
        checker.findings().add(word, name, message);
        return true;
    }

    private boolean isElsewhere(String name) {
        Set<String> implied = Set.of("this", "super");
        return implied.contains(name)
                || checker.scope().isOpen()
                || checker.names().isPackage(name)
                || checker.names().importsMethod(name)
                || (Character.isUpperCase(name.charAt(0)) && checker.names().isClass(name));
    }
}
