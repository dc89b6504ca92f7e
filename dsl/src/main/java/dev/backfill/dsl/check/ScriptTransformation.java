package dev.backfill.dsl.check;

import dev.backfill.dsl.BackfillScript;
import dev.backfill.dsl.Launch;
import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.ScriptText;
import dev.backfill.dsl.word.Catalog;
import dev.backfill.dsl.word.Modules;
import dev.backfill.words.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.transform.ASTTransformation;
import org.codehaus.groovy.transform.GroovyASTTransformation;

/**
 * Makes scripts of the language out of Groovy's: gives them their base class and their main, resolves their words, and
 * compiles the mistakes found into them, so that they report all of them themselves. Other classes and scripts stay as they
 * are. Prints nothing: what is printed while JBang compiles would be run by its shell.
 */
@GroovyASTTransformation(phase = CompilePhase.CONVERSION)
public final class ScriptTransformation implements ASTTransformation {
    @Override
    public void visit(ASTNode[] nodes, SourceUnit unit) {
        ModuleNode module = unit.getAST();
        Set<String> candidates = module == null ? Set.of() : candidates(module);
        if (candidates.isEmpty()) {
            return;
        }
        Catalog catalog = Catalog.read(List.of(unit.getClassLoader(), ScriptTransformation.class.getClassLoader()));
        Set<String> roots = new TreeSet<>(catalog.roots());
        roots.addAll(Modules.roots());
        if (candidates.stream().anyMatch(name -> Nearest.to(name, roots).isPresent())) {
            script(module).ifPresent(script -> transform(script, module, catalog, unit));
        }
    }

    private static void transform(ClassNode script, ModuleNode module, Catalog catalog, SourceUnit unit) {
        script.setSuperClass(ClassHelper.make(BackfillScript.class));
        if (unit.getConfiguration() != CompilerConfiguration.DEFAULT) { // which cannot be changed
            compileForRecords(unit.getConfiguration());
        }
        ScriptNames names = new ScriptNames(module, script, unit.getClassLoader());
        List<Mistake> mistakes = new Checker(text(unit), catalog, names).check();
        script.getMethods("main").forEach(main -> main.setCode(launch(script, main, unit.getName())));
        if (!mistakes.isEmpty()) {
            Expression tell = Rewrite.mistakes(mistakes);
            names.bodies().forEach(body -> body.setCode(new ThrowStatement(tell)));
            // what is wrong in them must not stop the compiler
            names.methods().forEach(script::removeMethod);
        }
    }

    // A call by invokedynamic looks its target up anew whenever null and a value take turns, as in columns they do:
    // that
    // costs a record three times and more of what Groovy's call sites of its own do.
    private static void compileForRecords(CompilerConfiguration configuration) {
        Map<String, Boolean> options = new HashMap<>(configuration.getOptimizationOptions());
        options.put(CompilerConfiguration.INVOKEDYNAMIC, false);
        configuration.setOptimizationOptions(options);
    }

    private static Statement launch(ClassNode script, MethodNode main, String path) {
        return new ExpressionStatement(Rewrite.onClass(
                Launch.class,
                "main",
                Rewrite.classOf(script),
                new ConstantExpression(path),
                new VariableExpression(main.getParameters()[0].getName())));
    }

    private static Optional<ClassNode> script(ModuleNode module) {
        return module.getClasses().stream().filter(ClassNode::isScript).findFirst();
    }

    /** The names that stand alone in the script with braces after them. */
    private static Set<String> candidates(ModuleNode module) {
        List<Statement> statements = module.getStatementBlock() == null
                ? List.of()
                : module.getStatementBlock().getStatements();
        return statements.stream()
                .flatMap(statement -> call(statement).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<String> call(Statement statement) {
        return statement instanceof ExpressionStatement expression
                        && expression.getExpression() instanceof MethodCallExpression call
                        && call.isImplicitThis()
                        && call.getMethodAsString() != null
                        && endsInBraces(call)
                ? Optional.of(call.getMethodAsString())
                : Optional.empty();
    }

    private static boolean endsInBraces(MethodCallExpression call) {
        List<Expression> arguments = Rewrite.arguments(call);
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof ClosureExpression;
    }

    private static ScriptText text(SourceUnit unit) {
        try (Stream<String> lines = new BufferedReader(unit.getSource().getReader()).lines()) {
            return ScriptText.of(unit.getName(), lines.collect(Collectors.joining("\n")));
        } catch (IOException e) {
            return ScriptText.of(unit.getName(), "");
        }
    }
}
