package dev.backfill.dsl.check;

import dev.backfill.words.Nearest;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;

/** Meets every statement and expression of a script, in order, and hands each to the check that knows it. */
final class Walk extends CodeVisitorSupport {
    private final Checker checker;
    private final Calls calls;
    private final Members members;
    private final Variables variables;
    private final SharedState shared;

    Walk(Checker checker) {
        this.checker = checker;
        this.calls = new Calls(checker);
        this.members = new Members(checker);
        this.variables = new Variables(checker);
        this.shared = new SharedState(checker);
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        noLogic(loop, "for");
        checker.in(checker.scope().inner(), () -> {
            variables.declare(loop.getVariable().getName());
            super.visitForLoop(loop);
        });
    }

    @Override
    public void visitWhileLoop(WhileStatement loop) {
        noLogic(loop, "while");
        super.visitWhileLoop(loop);
    }

    @Override
    public void visitDoWhileLoop(DoWhileStatement loop) {
        noLogic(loop, "do");
        super.visitDoWhileLoop(loop);
    }

    @Override
    public void visitIfElse(IfStatement choice) {
        noLogic(choice, "if");
        super.visitIfElse(choice);
    }

    @Override
    public void visitSwitch(SwitchStatement choice) {
        noLogic(choice, "switch");
        super.visitSwitch(choice);
    }

    @Override
    public void visitTryCatchFinally(TryCatchStatement attempt) {
        noLogic(attempt, "try");
        super.visitTryCatchFinally(attempt);
    }

    @Override
    public void visitCatchStatement(CatchStatement caught) {
        type(caught.getVariable().getType(), caught);
        checker.in(checker.scope().inner(), () -> {
            variables.declare(caught.getVariable().getName());
            super.visitCatchStatement(caught);
        });
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        if (checker.scope().block().isPresent() || checker.scope().isTop()) {
            super.visitBlockStatement(block);
        } else {
            checker.in(checker.scope().inner(), () -> super.visitBlockStatement(block));
        }
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
        if (!variables.isMisusedWord(statement.getExpression())) {
            super.visitExpressionStatement(statement);
        }
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        if (!checker.scope().inFunction()) {
            checker.fingerprints().share(declaration);
        }
        declaration.getRightExpression().visit(this);
        if (declaration.getLeftExpression() instanceof VariableExpression variable) {
            if (!declaration.getAnnotations().isEmpty()) {
                checker.fields().declare(variable.getName(), Value.UNKNOWN);
            }
            type(variable.getOriginType(), variable);
            variables.declare(variable, checker.value(declaration.getRightExpression()));
        } else if (declaration.getLeftExpression() instanceof TupleExpression several) {
            several.getExpressions().forEach(each -> variables.declare((VariableExpression) each, Value.UNKNOWN));
        }
    }

    @Override
    public void visitConstantExpression(ConstantExpression constant) {
        if (constant.getValue() != null) {
            checker.know(constant, Value.of(constant.getValue().getClass()));
        }
    }

    @Override
    public void visitGStringExpression(GStringExpression text) {
        checker.know(text, Value.of(String.class));
        super.visitGStringExpression(text);
    }

    @Override
    public void visitListExpression(ListExpression list) {
        checker.know(list, Value.of(List.class));
        super.visitListExpression(list);
    }

    @Override
    public void visitMapExpression(MapExpression map) {
        checker.know(map, Value.of(Map.class));
        super.visitMapExpression(map);
    }

    @Override
    public void visitNotExpression(NotExpression not) {
        checker.know(not, Value.of(Boolean.class));
        super.visitNotExpression(not);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression binary) {
        super.visitBinaryExpression(binary);
        members.binary(binary);
        shared.binary(binary);
    }

    @Override
    public void visitPostfixExpression(PostfixExpression step) {
        super.visitPostfixExpression(step);
        shared.changed(step.getExpression(), true);
    }

    @Override
    public void visitPrefixExpression(PrefixExpression step) {
        super.visitPrefixExpression(step);
        shared.changed(step.getExpression(), true);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
        type(cast.getType(), cast);
        super.visitCastExpression(cast);
        SharedState.collection(cast.getType()).ifPresent(made -> checker.know(cast, made));
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
        type(call.getType(), call);
        super.visitConstructorCallExpression(call);
        SharedState.collection(call.getType()).ifPresent(made -> checker.know(call, made));
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        variables.read(variable);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        members.property(property);
    }

    @Override
    public void visitClosureExpression(ClosureExpression function) {
        checker.function(function);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (call.getMethodAsString() == null) {
            super.visitMethodCallExpression(call);
        } else {
            calls.check(call, call.getMethodAsString());
            shared.call(call, call.getMethodAsString());
        }
    }

    /** A key in parentheses is a value; a bare one is a name. */
    void key(MapEntryExpression entry) {
        if (!(entry.getKeyExpression() instanceof ConstantExpression)) {
            entry.getKeyExpression().visit(this);
        }
    }

    /** Reports a class that is not there. */
    void type(ClassNode type, ASTNode place) {
        ClassNode plain = type.isArray() ? type.getComponentType() : type;
        String name = plain.getName();
        if (plain.isPrimaryClassNode() || plain.isResolved() || checker.names().isClass(name)) {
            return;
        }
        checker.findings()
                .addDeclared(
                        place,
                        name,
                        "unknown class '" + name + "'"
                                + Nearest.hint(name, checker.names().usualClasses()));
    }

    private void noLogic(Statement statement, String word) {
        if (checker.scope().block().isPresent()) {
            checker.findings()
                    .add(
                            statement,
                            word,
                            "no '" + word + "' in " + checker.scope().label()
                                    + ": a script only declares; put logic in a method below the block");
        }
    }
}
