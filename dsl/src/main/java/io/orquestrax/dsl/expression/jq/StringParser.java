package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import org.jspecify.annotations.Nullable;

/** Parses strings, with the expressions that stand in them as {@code \( )}. */
final class StringParser {
    private static final int CODE_UNIT_DIGITS = 4;

    private final JqLexer lexer;
    private final JqParser parser;
    private final Bindings bindings;
    private final StringBuilder text = new StringBuilder();
    private final List<Pair<Integer, Expression>> insertions = new ArrayList<>();

    StringParser(JqLexer lexer, JqParser parser, Bindings bindings) {
        this.lexer = lexer;
        this.parser = parser;
        this.bindings = bindings;
    }

    /**
     * @param format what is done with each inserted value; absent for its text
     */
    Expression parse(@Nullable Expression format) throws JqSyntaxException {
        int start = lexer.next().start();
        for (char next = lexer.character(start); next != '"'; next = lexer.character(start)) {
            if (next == '\\') {
                escape(start);
            } else {
                text.append(next);
            }
        }
        return insertions.isEmpty()
                ? new Constant(Json.NODES.textNode(text.toString()))
                : new StringInterpolation(text.toString(), insertions, format);
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
                insertions.add(Pair.of(text.length(), parser.pipe(bindings, true)));
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
