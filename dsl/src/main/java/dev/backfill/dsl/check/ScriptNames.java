package dev.backfill.dsl.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.control.ResolveVisitor;

/** What a script names itself: its methods, its classes, and the classes that it can reach. */
final class ScriptNames {
    private static final Set<String> MADE = Set.of("run", "main");
    private static final Set<String> PACKAGES = Set.of("java", "javax", "groovy", "dev", "org", "com");
    private static final List<String> USUAL = List.of(
            "List", "Map", "Set", "String", "Integer", "Long", "BigDecimal", "Boolean", "Object", "Date", "Locale");

    private final ModuleNode module;
    private final ClassNode script;
    private final ClassLoader loader;

    ScriptNames(ModuleNode module, ClassNode script, ClassLoader loader) {
        this.module = module;
        this.script = script;
        this.loader = loader;
    }

    /** The methods that the script's author wrote. */
    List<MethodNode> methods() {
        return script.getMethods().stream()
                .filter(method -> !MADE.contains(method.getName()))
                .toList();
    }

    /** The script as what stands in its body names it. */
    Expression itself() {
        return Rewrite.script(script);
    }

    /** The script's body. */
    List<MethodNode> bodies() {
        return script.getMethods("run");
    }

    Set<String> methodNames() {
        return methods().stream().map(MethodNode::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean hasMethod(String name) {
        return methodNames().contains(name);
    }

    /** True if one of the methods of that name takes so many arguments. */
    boolean takes(String name, int arguments) {
        return script.getMethods(name).stream().anyMatch(method -> takes(method.getParameters(), arguments));
    }

    /** What the methods of that name take: (row, id) or (row). */
    String parameters(String name) {
        return script.getMethods(name).stream()
                .map(method -> Arrays.stream(method.getParameters())
                        .map(Parameter::getName)
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(" or "));
    }

    boolean importsMethod(String name) {
        return module.getStaticImports().containsKey(name)
                || !module.getStaticStarImports().isEmpty();
    }

    boolean isPackage(String name) {
        return PACKAGES.contains(name);
    }

    /** True for a class that the script declares, imports, or need not import. */
    boolean isClass(String name) {
        return name.contains(".")
                || name.length() == 1 // a type parameter
                || module.getImport(name) != null
                || !module.getStarImports().isEmpty()
                || module.getClasses().stream()
                        .anyMatch(node -> node.getNameWithoutPackage().equals(name))
                || name.equals("BigDecimal")
                || name.equals("BigInteger")
                || Arrays.stream(ResolveVisitor.DEFAULT_IMPORTS).anyMatch(prefix -> exists(prefix + name));
    }

    /** Classes that are often meant. */
    Collection<String> usualClasses() {
        return Stream.concat(USUAL.stream(), module.getClasses().stream().map(ClassNode::getNameWithoutPackage))
                .toList();
    }

    private boolean exists(String name) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean takes(Parameter[] parameters, int arguments) {
        long needed = Arrays.stream(parameters)
                .filter(parameter -> !parameter.hasInitialExpression())
                .count();
        boolean repeated = parameters.length > 0
                && parameters[parameters.length - 1].getType().isArray();
        return repeated ? arguments >= needed - 1 : arguments >= needed && arguments <= parameters.length;
    }
}
