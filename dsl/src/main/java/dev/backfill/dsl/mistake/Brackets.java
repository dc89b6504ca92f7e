package dev.backfill.dsl.mistake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds the bracket, text or comment that is not closed, or closed once too often, in a script that cannot be parsed. Which of several
 * blocks it is, is decided by the indentation. Used once.
 */
public final class Brackets {
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final ScriptText text;
    private final ScriptCharacters characters;
    private final Deque<Integer> open = new ArrayDeque<>();
    private Optional<Integer> leftOpen = Optional.empty();
    private Optional<Integer> closedTwice = Optional.empty();

    private Brackets(ScriptText text) {
        this.text = text;
        this.characters = new ScriptCharacters(String.join("\n", text.lines()));
    }

    /** The mistake; nothing if all brackets, texts and comments are closed. */
    public static Optional<Mistake> mistake(ScriptText text) {
        return new Brackets(text).find();
    }

    private Optional<Mistake> find() {
        for (int at = 0; at < characters.size(); ) {
            int next = characters.skipped(at);
            if (next > characters.size()) {
                return Optional.of(unclosedText(at));
            }
            if (next == at + 1) {
                Optional<Mistake> wrong = bracket(at);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            at = next;
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(unclosed(
                        leftOpen.filter(open -> characters.at(open) == '{').orElse(open.element())));
    }

    private Optional<Mistake> bracket(int at) {
        int kind = CLOSING.indexOf(characters.at(at));
        if (OPENING.indexOf(characters.at(at)) >= 0) {
            open.push(at);
        } else if (kind >= 0 && open.isEmpty()) {
            return Optional.of(extra(closedTwice.orElse(at)));
        } else if (kind >= 0 && characters.at(open.element()) != OPENING.charAt(kind)) {
            boolean closesOuter = open.stream().anyMatch(each -> characters.at(each) == OPENING.charAt(kind));
            return Optional.of(closesOuter ? unclosed(open.element()) : extra(at));
        } else if (kind >= 0) {
            compare(open.pop(), at);
        }
        return Optional.empty();
    }

    /** A brace that is the first of its line stands where the line with its block begins. */
    private void compare(int opened, int closed) {
        if (!characters.isFirstOfLine(closed) || characters.at(closed) != '}') {
            return;
        }
        int difference = characters.indentation(closed) - characters.indentation(opened);
        if (difference < 0 && leftOpen.isEmpty()) {
            leftOpen = Optional.of(opened);
        } else if (difference > 0 && closedTwice.isEmpty()) {
            closedTwice = Optional.of(closed);
        }
    }

    private Mistake unclosed(int at) {
        char bracket = characters.at(at);
        String before = characters.lineUpTo(at).strip();
        String what = bracket == '{' && !before.isEmpty() ? before + " {" : "this '" + bracket + "'";
        return mistake(at, what + " is not closed: its '" + CLOSING.charAt(OPENING.indexOf(bracket)) + "' is missing");
    }

    private Mistake extra(int at) {
        return mistake(at, "unexpected '" + characters.at(at) + "': there is nothing left to close here");
    }

    private Mistake unclosedText(int at) {
        return mistake(
                at,
                characters.at(at) == '/'
                        ? "the comment that begins here is not closed: its */ is missing"
                        : "the text that begins here is not closed: its " + characters.quote(at) + " is missing");
    }

    private Mistake mistake(int at, String message) {
        return text.mistake(characters.line(at), characters.column(at), 1, message);
    }
}
