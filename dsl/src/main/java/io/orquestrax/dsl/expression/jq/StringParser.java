package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses strings, with the expressions that stand in them as {@code \( )}. */
final class StringParser {
    private static final int CODE_UNIT_DIGITS = 4;

    private final JqLexer lexer;
    private final JqParser parser;
    private final Bindings bindings;
    private final StringBuilder text = new StringBuilder();
    private final List<String> texts = new ArrayList<>();
    private final List<Filter> insertions = new ArrayList<>();

    StringParser(JqLexer lexer, JqParser parser, Bindings bindings) {
        this.lexer = lexer;
        this.parser = parser;
        this.bindings = bindings;
    }

    /**
     * @param format of each inserted value
     */
    Filter parse(Format format) throws JqSyntaxException {
        int start = lexer.next().start();
        for (char next = lexer.character(start); next != '"'; next = lexer.character(start)) {
            if (next == '\\') {
                escape(start);
            } else {
                text.append(next);
            }
        }
        texts.add(whole());
        return insertions.isEmpty()
                ? new Basics.Constant(Json.NODES.textNode(texts.getFirst()))
                : new Interpolation(List.copyOf(texts), List.copyOf(insertions), format);
    }

    /** The text since the last insertion; halves of a character that stand alone are replaced. */
    private String whole() {
        String literal = new String(text.toString().getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        text.setLength(0);
        return literal;
    }

    private void escape(int start) throws JqSyntaxException {
        char letter = lexer.character(start);
        switch (letter) {
            case '"', '\\', '/' -> text.append(letter);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> text.append(codeUnit(start));
            case '(' -> {
                texts.add(whole());
                insertions.add(parser.pipe(bindings, true));
                parser.checkLength(insertions.size(), "insertions in a string");
                lexer.expect(")", "after an expression in a string");
            }
            default ->
                throw new JqSyntaxException(
                        "Expected an escape that JSON has, or \\(, but found \\" + letter, lexer.position() - 2);
        }
    }

    private char codeUnit(int start) throws JqSyntaxException {
        int unit = 0;
        for (int index = 0; index < CODE_UNIT_DIGITS; index++) {
            int digit = Character.digit(lexer.character(start), 16);
            if (digit < 0) {
                throw new JqSyntaxException(
                        "Expected four hexadecimal digits after \\u, but found others", lexer.position() - 1);
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }
}
