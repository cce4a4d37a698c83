package io.orquestrax.dsl.source;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Finds the characters of a YAML string in the text that it was read from, by walking through both. */
final class ScalarText {
    private final int[] text;
    private final Scalar scalar;
    private final int[] value;
    private int at;

    private ScalarText(int[] text, Scalar scalar, String value) {
        this.text = text;
        this.scalar = scalar;
        this.value = value.codePoints().toArray();
        this.at = scalar.from();
    }

    static Location locate(int[] text, Scalar scalar, String value, int offset, Location start) {
        int wanted = value.codePointCount(0, Math.clamp(offset, 0, value.length()));
        ScalarText walk = new ScalarText(text, scalar, value);
        walk.skipOpening();
        for (int index = 0; index < wanted; index++) {
            if (!walk.step(index)) {
                return start;
            }
        }
        if (wanted < walk.value.length && !Character.isWhitespace(walk.value[wanted])) {
            walk.skipToward(walk.value[wanted]);
        }
        return walk.location();
    }

    private void skipOpening() {
        if (isBlock()) {
            while (at < scalar.to() && text[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, scalar.to());
        } else if (scalar.style() != ScalarStyle.PLAIN) {
            at++;
        }
    }

    /** Passes the code point of the value at the index; false where text and value do not go together. */
    private boolean step(int index) {
        int expected = value[index];
        if (Character.isWhitespace(expected) && !isEscape()) {
            return passWhitespace(index);
        }
        skipToward(expected);
        if (at >= scalar.to()) {
            return false;
        }
        if (isEscape()) {
            passEscape(expected);
            return true;
        }
        if (text[at] != expected) {
            return false;
        }
        at += scalar.style() == ScalarStyle.SINGLE_QUOTED && expected == '\'' ? 2 : 1;
        return true;
    }

    /** A line break and the indentation after it stand for one space or line break of the value. */
    private boolean passWhitespace(int index) {
        if (value[index] == '\n' && isBlock()) {
            skipToward('\n');
        }
        if (at >= scalar.to() || !Character.isWhitespace(text[at])) {
            // A folded line break gave several line breaks of the value, all of which are passed already.
            return index > 0 && Character.isWhitespace(value[index - 1]);
        }
        if (text[at] == value[index] && value[index] != '\n') {
            at++;
            return true;
        }
        if (text[at] == '\n' || text[at] == '\r') {
            at++;
        } else {
            skipToward('\n');
            at = Math.min(at + 1, scalar.to());
        }
        return true;
    }

    private void skipToward(int expected) {
        while (at < scalar.to() && text[at] != expected && Character.isWhitespace(text[at])) {
            at++;
        }
        while (isEscape() && at + 1 < scalar.to() && text[at + 1] == '\n') {
            at += 2;
            while (at < scalar.to() && Character.isWhitespace(text[at])) {
                at++;
            }
        }
    }

    private void passEscape(int expected) {
        int letter = at + 1 < scalar.to() ? text[at + 1] : 0;
        int digits = switch (letter) {
            case 'x' -> 2;
            case 'u' -> expected > 0xFFFF ? 10 : 4;
            case 'U' -> 8;
            default -> 0;
        };
        at = Math.min(at + 2 + digits, scalar.to());
    }

    private boolean isEscape() {
        return scalar.style() == ScalarStyle.DOUBLE_QUOTED && at < scalar.to() && text[at] == '\\';
    }

    private boolean isBlock() {
        return scalar.style() == ScalarStyle.LITERAL || scalar.style() == ScalarStyle.FOLDED;
    }

    private Location location() {
        int line = 1;
        int column = 1;
        for (int index = 0; index < at && index < text.length; index++) {
            boolean isBreak =
                    text[index] == '\n' || text[index] == '\r' && (index + 1 >= text.length || text[index + 1] != '\n');
            line += isBreak ? 1 : 0;
            column = isBreak ? 1 : column + 1;
        }
        return new Location(line, column);
    }
}
