package dev.backfill.layout;

import java.util.regex.Pattern;

/** Counts and fills columns of a terminal, where a wide character takes two, a combining one none, and a colour none. */
public final class DisplayText {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff},
        {0x1f900, 0x1faff},
        {0x20000, 0x3fffd}
    };

    private DisplayText() {}

    public static int width(String text) {
        return COLOUR.matcher(text)
                .replaceAll("")
                .codePoints()
                .map(DisplayText::width)
                .sum();
    }

    /** Fills with spaces at the right, so that the text is at the left. */
    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** Fills with spaces at the left, as numbers stand. */
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** Cuts what does not fit and says so with an ellipsis. */
    public static String clip(String text, int width) {
        return width(text) <= width ? text : text.substring(0, fitting(text, width - 1)) + "…";
    }

    /** What a value of data looks like on one line: line ends, tabs and other control characters are spelled out. */
    public static String printable(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(each -> {
            switch (each) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (Character.isISOControl(each)) {
                        text.append(String.format("\\u%04x", each));
                    } else {
                        text.appendCodePoint(each);
                    }
                }
            }
        });
        return text.toString();
    }

    /** How many chars of the text fit into so many columns; one character at least. */
    static int fitting(String text, int width) {
        int used = 0;
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            used += width(point);
            if (used > width && index > 0) {
                return index;
            }
            index += Character.charCount(point);
        }
        return index;
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
