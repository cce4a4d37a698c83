package io.orquestrax.server.connector.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A secret, or one of its encodings, as it is looked for in a text: each of its characters may stand there as it is, or
 * escaped in any of the {@link Escapes}, whatever became of the others.
 */
record SecretForm(String form, Kind kind) {
    /** No match begins here. */
    static final int NONE = -1;

    /** The text ended before it was told whether a match begins here. */
    static final int CUT = -2;

    /** Line breaks and what indents the lines after them. */
    private static final int MOST_PASSED_OVER = 40;

    enum Kind {
        PLAIN,
        BASE64,
        HEX;

        private boolean isSame(int expected, int found) {
            return switch (this) {
                case PLAIN ->
                    expected == found || (expected == ' ' && found == '+') || (expected == '\n' && found == '\r');
                case BASE64 ->
                    expected == found || (expected == '+' && found == '-') || (expected == '/' && found == '_');
                case HEX -> expected == found || (found < 0x80 && Character.toLowerCase(found) == expected);
            };
        }

        /** Whether it may stand before what is expected, as where a line is wrapped. */
        private boolean isPassedOver(int expected, int found) {
            return this == PLAIN
                    ? expected == '\n' && found == '\r'
                    : found == '\n' || found == '\r' || found == ' ' || found == '\t';
        }
    }

    static SecretForm plain(String text) {
        return new SecretForm(text.replace("\r\n", "\n").replace('\r', '\n'), Kind.PLAIN);
    }

    static SecretForm base64(String encoded) {
        return new SecretForm(encoded, Kind.BASE64);
    }

    static SecretForm hex(String encoded) {
        return new SecretForm(encoded.toLowerCase(Locale.ROOT), Kind.HEX);
    }

    /** What a match may begin with, unescaped. */
    IntStream beginnings() {
        int first = form.codePointAt(0);
        return IntStream.concat(
                        IntStream.range(0, 0x80).filter(found -> kind.isSame(first, found)),
                        spellings(first).stream().mapToInt(spelling -> spelling[0]))
                .distinct();
    }

    /**
     * Where the longest match that begins at a place ends, {@link #NONE}, or {@link #CUT}.
     *
     * @param least characters that a match has which the end of the text cuts
     */
    int end(Escapes text, int start, int least) {
        Set<Integer> positions = Set.of(start);
        int index = 0;
        while (index < form.length()) {
            if (positions.size() == 1) {
                int position = positions.iterator().next();
                int same = plainlySame(text.text(), position, index);
                index += same;
                if (isAnother(text.text(), position + same, index)) {
                    return NONE;
                }
                positions = Set.of(position + same);
            }
            if (index < form.length()) {
                int expected = form.codePointAt(index);
                Set<Integer> next = new LinkedHashSet<>();
                boolean isCut = false;
                for (int each : positions) {
                    isCut |= advance(text, each, expected, next);
                }
                if (next.isEmpty()) {
                    return isCut && index >= least ? CUT : NONE;
                }
                positions = next;
                index += Character.charCount(expected);
            }
        }
        return Collections.max(positions);
    }

    /** How many characters stand there as they are, before one that may be meant otherwise. */
    private int plainlySame(CharSequence text, int position, int index) {
        int same = 0;
        while (index + same < form.length()
                && position + same < text.length()
                && form.charAt(index + same) < 0x80
                && form.charAt(index + same) == text.charAt(position + same)
                && !Escapes.mayBegin(text.charAt(position + same))) {
            same++;
        }
        return same;
    }

    /** Whether a character stands there that can be meant for nothing else, and is not what is expected. */
    private boolean isAnother(CharSequence text, int position, int index) {
        if (position >= text.length() || index >= form.length() || form.charAt(index) >= 0x80) {
            return false;
        }
        char found = text.charAt(position);
        char expected = form.charAt(index);
        return !Escapes.mayBegin(found) && !kind.isSame(expected, found) && !kind.isPassedOver(expected, found);
    }

    /** True where the text ended on the way. */
    private boolean advance(Escapes text, int from, int expected, Set<Integer> ends) {
        boolean isCut = false;
        for (int[] spelling : spellings(expected)) {
            Set<Integer> positions = Set.of(from);
            for (int value : spelling) {
                Set<Integer> next = new LinkedHashSet<>();
                for (int each : positions) {
                    isCut |= read(text, each, value, next, 0);
                }
                positions = next;
            }
            ends.addAll(positions);
        }
        return isCut;
    }

    private boolean read(Escapes text, int position, int expected, Set<Integer> ends, int passedOver) {
        if (position >= text.text().length()) {
            return true;
        }
        boolean isCut = false;
        for (Escapes.Reading reading : text.at(position)) {
            if (kind.isSame(expected, reading.value())) {
                ends.add(reading.end());
            }
            if (kind.isPassedOver(expected, reading.value()) && passedOver < MOST_PASSED_OVER) {
                isCut |= read(text, reading.end(), expected, ends, passedOver + 1);
            }
        }
        return isCut;
    }

    /** The ways to write a character: in units of UTF-16, as one number, and in bytes of UTF-8. */
    private static List<int[]> spellings(int codePoint) {
        List<int[]> spellings = new ArrayList<>();
        spellings.add(new int[] {codePoint});
        if (codePoint >= 0x80) {
            String text = Character.toString(codePoint);
            if (text.length() > 1) {
                spellings.add(text.chars().toArray());
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            spellings.add(IntStream.range(0, bytes.length)
                    .map(index -> Byte.toUnsignedInt(bytes[index]))
                    .toArray());
        }
        return spellings;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SecretForm[" + kind + "]";
    }
}
