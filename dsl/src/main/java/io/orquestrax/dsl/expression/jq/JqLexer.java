package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a jq program into words, one ahead; the inside of strings is read character by character. */
final class JqLexer {
    /** Longer ones before those that they begin with. */
    private static final List<String> SYMBOLS = List.of(
            "?//", "//=", "//", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "..", "::", "<", ">", "=",
            "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", "|", ",", ":", ";", "?", ".");

    private final String source;
    private int position;
    private @Nullable JqToken ahead;

    JqLexer(String source) {
        this.source = source;
    }

    JqToken peek() throws JqSyntaxException {
        JqToken token = ahead;
        if (token == null) {
            token = read();
            ahead = token;
        }
        return token;
    }

    JqToken next() throws JqSyntaxException {
        JqToken token = peek();
        ahead = null;
        position = token.end();
        return token;
    }

    boolean accept(String symbolOrKeyword) throws JqSyntaxException {
        boolean found = peek().is(symbolOrKeyword);
        if (found) {
            next();
        }
        return found;
    }

    JqToken expect(String symbolOrKeyword, String where) throws JqSyntaxException {
        if (!peek().is(symbolOrKeyword)) {
            throw unexpected("\"" + symbolOrKeyword + "\" " + where);
        }
        return next();
    }

    JqSyntaxException unexpected(String expected) throws JqSyntaxException {
        return new JqSyntaxException("Expected " + expected + ", but found " + peek().shown(), peek().start());
    }

    /** The next character of a string; the word ahead must have been taken. */
    char character(int openingQuote) throws JqSyntaxException {
        if (position >= source.length()) {
            throw new JqSyntaxException("Expected a closing quote, but found the end", openingQuote);
        }
        char character = source.charAt(position);
        position++;
        return character;
    }

    /** Of an offset, from 1. */
    int line(int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
    }

    int position() {
        return position;
    }

    private JqToken read() throws JqSyntaxException {
        int start = afterBlanks();
        if (start >= source.length()) {
            return new JqToken(Kind.END, "", start, start);
        }
        char first = source.charAt(start);
        if (first == '"') {
            return new JqToken(Kind.QUOTE, "\"", start, start + 1);
        }
        if (isDigit(first) || first == '.' && isDigit(at(start + 1))) {
            return number(start);
        }
        if (isLetter(first)) {
            return new JqToken(Kind.NAME, source.substring(start, afterName(start)), start, afterName(start));
        }
        Optional<Kind> prefixed = prefixed(first);
        if (prefixed.isPresent() && isLetter(at(start + 1))) {
            int end = afterName(start + 1);
            return new JqToken(prefixed.get(), source.substring(start + 1, end), start, end);
        }
        return symbol(start);
    }

    private static Optional<Kind> prefixed(char first) {
        return switch (first) {
            case '.' -> Optional.of(Kind.FIELD);
            case '$' -> Optional.of(Kind.VARIABLE);
            case '@' -> Optional.of(Kind.FORMAT);
            default -> Optional.empty();
        };
    }

    private JqToken symbol(int start) throws JqSyntaxException {
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, start)) {
                return new JqToken(Kind.SYMBOL, symbol, start, start + symbol.length());
            }
        }
        String found = source.substring(start, source.offsetByCodePoints(start, 1));
        String hint = found.equals("'") ? "; strings of jq stand in double quotes" : "";
        throw new JqSyntaxException("Expected a jq expression, but found \"" + found + "\"" + hint, start);
    }

    private JqToken number(int start) {
        int end = start;
        while (isDigit(at(end))) {
            end++;
        }
        if (at(end) == '.') {
            end++;
            while (isDigit(at(end))) {
                end++;
            }
        }
        if (at(end) == 'e' || at(end) == 'E') {
            int exponent = at(end + 1) == '+' || at(end + 1) == '-' ? end + 2 : end + 1;
            if (isDigit(at(exponent))) {
                end = exponent;
                while (isDigit(at(end))) {
                    end++;
                }
            }
        }
        return new JqToken(Kind.NUMBER, source.substring(start, end), start, end);
    }

    private int afterBlanks() {
        int index = position;
        while (index < source.length()) {
            if (source.charAt(index) == '#') {
                int lineEnd = source.indexOf('\n', index);
                index = lineEnd < 0 ? source.length() : lineEnd;
            } else if (!Character.isWhitespace(source.charAt(index))) {
                return index;
            } else {
                index++;
            }
        }
        return index;
    }

    private int afterName(int start) {
        int end = start;
        while (isLetter(at(end)) || isDigit(at(end))) {
            end++;
        }
        return end;
    }

    private char at(int index) {
        return index < source.length() ? source.charAt(index) : '\0';
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z' || character == '_';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
