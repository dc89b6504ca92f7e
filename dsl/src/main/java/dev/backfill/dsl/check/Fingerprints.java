package dev.backfill.dsl.check;

import dev.backfill.dsl.mistake.ScriptText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;

/** Gives for each block a text that changes with the block, the variables above it, and the script's methods. */
final class Fingerprints {
    private final ScriptText text;
    private final StringBuilder shared = new StringBuilder();

    Fingerprints(ScriptText text, List<? extends ASTNode> methods) {
        this.text = text;
        methods.forEach(this::share);
    }

    /** Takes account of something that every block after it may use. */
    void share(ASTNode node) {
        shared.append(text(node)).append('\n');
    }

    /** The SHA-256 of it all; blanks do not count. */
    String of(ASTNode block) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(shared.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(text(block).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String text(ASTNode node) {
        return text.between(
                        node.getLineNumber(),
                        node.getColumnNumber(),
                        node.getLastLineNumber(),
                        node.getLastColumnNumber())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
