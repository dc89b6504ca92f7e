package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the text of an array apart as the server writes it: quotes around what needs them, NULL without. Used once. */
final class ArrayParser {
    private final String text;
    private final ColumnType element;
    private int at;

    ArrayParser(String text, ColumnType element) {
        this.text = text;
        this.element = element;
    }

    /** The elements as Java knows them; an inner dimension is a list of its own. */
    List<@Nullable Object> elements() {
        List<@Nullable Object> elements = new ArrayList<>();
        at++; // the opening brace
        while (text.charAt(at) != '}') {
            elements.add(next());
            if (text.charAt(at) == element.delimiter()) {
                at++;
            }
        }
        at++;
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object next() {
        return switch (text.charAt(at)) {
            case '{' -> elements();
            case '"' -> ElementText.value(element, quoted());
            default -> plain();
        };
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at));
        }
        at++;
        return value.toString();
    }

    private @Nullable Object plain() {
        int from = at;
        while (text.charAt(at) != element.delimiter() && text.charAt(at) != '}') {
            at++;
        }
        String value = text.substring(from, at);
        return value.equals("NULL") ? null : ElementText.value(element, value);
    }
}
