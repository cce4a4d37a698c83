package io.orquestrax.server.connector.secret;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the character at a place of a text in every way that it may be meant: as it stands, or unescaped, also where it
 * was escaped several times over. Knows escapes with a backslash (JSON and most languages), with a percent sign (URIs) and
 * with an ampersand (XML, HTML).
 */
final class Escapes {
    /** How often a text is escaped at most: JSON in JSON in JSON. */
    private static final int DEPTH = 3;
    /** {@code #x10FFFF;} and all names. */
    private static final int LONGEST_ENTITY = 9;

    private static final String CONTROLS = "nrtbf";
    private static final String CONTROLLED = "\n\r\t\b\f";
    private static final Map<String, Integer> ENTITIES =
            Map.of("amp;", (int) '&', "lt;", (int) '<', "gt;", (int) '>', "quot;", (int) '"', "apos;", (int) '\'');

    /** Places that are remembered: more than an escape that is escaped so often reaches. */
    private static final int REMEMBERED = 64;

    private final CharSequence text;
    /** By place, modulo {@link #REMEMBERED}, and depth. */
    private final Remembered[][] remembered = new Remembered[REMEMBERED][];

    Escapes(CharSequence text) {
        this.text = text;
    }

    private record Remembered(int position, Set<Reading> readings) {}

    /**
     * What may stand at a place.
     *
     * @param value a UTF-16 unit, a code point, or a byte of UTF-8
     * @param end where the text goes on
     */
    record Reading(int value, int end) {}

    /** Whether more than the character itself may be meant. */
    static boolean mayBegin(char character) {
        return character == '\\' || character == '%' || character == '&';
    }

    CharSequence text() {
        return text;
    }

    /** Empty at the end of the text. */
    Set<Reading> at(int position) {
        return at(position, DEPTH);
    }

    private Set<Reading> at(int position, int depth) {
        if (position >= text.length()) {
            return Set.of();
        }
        char first = text.charAt(position);
        if (depth == 0 || !mayBegin(first)) {
            return Set.of(new Reading(first, position + 1));
        }
        int slot = position % REMEMBERED;
        Remembered[] here = remembered[slot];
        if (here == null) {
            here = new Remembered[DEPTH + 1];
            remembered[slot] = here;
        }
        Remembered known = here[depth];
        if (known == null || known.position() != position) {
            known = new Remembered(position, unescaped(position, depth));
            here[depth] = known;
        }
        return known.readings();
    }

    private Set<Reading> unescaped(int position, int depth) {
        Set<Reading> inner = at(position, depth - 1);
        Set<Reading> readings = new LinkedHashSet<>(inner);
        for (Reading opening : inner) {
            switch (opening.value()) {
                case '\\' -> addBackslashed(opening.end(), depth, readings);
                case '%' -> addHex(opening.end(), 2, readings);
                case '&' -> addEntity(opening.end(), depth, readings);
                default -> {}
            }
        }
        return readings;
    }

    private void addBackslashed(int position, int depth, Set<Reading> readings) {
        for (Reading next : at(position, depth - 1)) {
            int control = CONTROLS.indexOf(next.value());
            if (control >= 0) {
                readings.add(new Reading(CONTROLLED.charAt(control), next.end()));
            } else if (next.value() == 'u') {
                addHex(next.end(), 4, readings);
            } else if (next.value() == 'x') {
                addHex(next.end(), 2, readings);
            } else if (!Character.isLetterOrDigit(next.value())) {
                readings.add(next);
            }
        }
    }

    private void addHex(int position, int length, Set<Reading> readings) {
        int value = number(text, position, position + length, 16);
        if (value >= 0) {
            readings.add(new Reading(value, position + length));
        }
    }

    private void addEntity(int position, int depth, Set<Reading> readings) {
        StringBuilder name = new StringBuilder();
        int end = position;
        while (name.length() <= LONGEST_ENTITY && (name.isEmpty() || name.charAt(name.length() - 1) != ';')) {
            Optional<Reading> next = at(end, depth - 1).stream()
                    .filter(each -> isOfEntity(each.value()))
                    .findFirst();
            if (next.isEmpty()) {
                return;
            }
            name.append((char) next.get().value());
            end = next.get().end();
        }
        int value = entity(name.toString().toLowerCase(Locale.ROOT));
        if (value >= 0) {
            readings.add(new Reading(value, end));
        }
    }

    private static boolean isOfEntity(int value) {
        return value == '#' || value == ';' || (value < 0x80 && Character.isLetterOrDigit(value));
    }

    /** Less than 0 where there is none of that name, which ends with a semicolon. */
    private static int entity(String name) {
        int last = name.length() - 1;
        if (name.startsWith("#x")) {
            return number(name, 2, last, 16);
        }
        return name.startsWith("#") ? number(name, 1, last, 10) : ENTITIES.getOrDefault(name, -1);
    }

    /** Less than 0 where there is none. */
    private static int number(CharSequence text, int from, int to, int radix) {
        if (to > text.length() || from >= to) {
            return -1;
        }
        int value = 0;
        for (int position = from; position < to; position++) {
            int digit = Character.digit(text.charAt(position), radix);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
