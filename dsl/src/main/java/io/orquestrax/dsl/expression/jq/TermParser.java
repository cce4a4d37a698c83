package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Parses terms: literals, calls, constructions, and the accesses that follow them. */
final class TermParser {
    private static final int MAX_DIGITS = 1000;
    /** Digits of an integer that is written with an exponent. */
    private static final int MAX_INTEGER = 300;

    private final JqLexer lexer;
    private final JqParser parser;

    TermParser(JqLexer lexer, JqParser parser) {
        this.lexer = lexer;
        this.parser = parser;
    }

    Filter postfix(Bindings bindings) throws JqSyntaxException {
        Filter term = primary(bindings);
        for (int count = 1; ; count++) {
            parser.checkLength(count, "accesses in a row");
            JqToken ahead = lexer.peek();
            if (ahead.kind() == Kind.FIELD) {
                lexer.next();
                term = field(term, ahead.text());
            } else if (ahead.is(".")) {
                lexer.next();
                if (lexer.peek().kind() == Kind.QUOTE) {
                    term = quotedField(term, bindings);
                } else if (!lexer.peek().is("[")) {
                    throw lexer.unexpected("the name of a member after the dot");
                }
            } else if (ahead.is("[")) {
                term = bracket(term, bindings);
            } else if (ahead.is("?")) {
                lexer.next();
                term = new Attempt(term, null);
            } else {
                return term;
            }
        }
    }

    private Filter primary(Bindings bindings) throws JqSyntaxException {
        JqToken ahead = lexer.peek();
        return switch (ahead.kind()) {
            case NUMBER -> new Basics.Constant(number(lexer.next()));
            case QUOTE -> new StringParser(lexer, parser, bindings).parse(Format.TEXT);
            case FORMAT -> format(bindings);
            case FIELD -> {
                lexer.next();
                yield field(new Basics.Identity(), ahead.text());
            }
            case VARIABLE -> parser.variable(lexer.next(), bindings);
            case NAME -> named(bindings);
            case SYMBOL -> symbol(bindings);
            case END -> throw lexer.unexpected("an expression");
        };
    }

    private Filter symbol(Bindings bindings) throws JqSyntaxException {
        if (lexer.accept(".")) {
            return lexer.peek().kind() == Kind.QUOTE
                    ? quotedField(new Basics.Identity(), bindings)
                    : new Basics.Identity();
        }
        if (lexer.accept("..")) {
            return new Access.Descent();
        }
        if (lexer.accept("(")) {
            Filter inner = parser.pipe(bindings, true);
            lexer.expect(")", "after the expression");
            return inner;
        }
        if (lexer.accept("[")) {
            if (lexer.accept("]")) {
                return new Basics.Collection(new Basics.Comma(List.of()));
            }
            Filter items = parser.pipe(bindings, true);
            lexer.expect("]", "at the end of the array");
            return new Basics.Collection(items);
        }
        if (lexer.accept("{")) {
            return object(bindings);
        }
        throw lexer.unexpected("an expression");
    }

    private Filter named(Bindings bindings) throws JqSyntaxException {
        JqToken name = lexer.next();
        return switch (name.text()) {
            case "null" -> new Basics.Constant(Json.NODES.nullNode());
            case "true" -> new Basics.Constant(Json.NODES.booleanNode(true));
            case "false" -> new Basics.Constant(Json.NODES.booleanNode(false));
            case "if" -> parser.conditional(bindings);
            case "reduce" -> parser.reduce(bindings);
            case "foreach" -> parser.foreach(bindings);
            case "break" -> parser.breakOut(bindings);
            case "then", "elif", "else", "end", "as", "catch", "and", "or", "import", "include", "label", "__loc__" ->
                throw new JqSyntaxException("Expected an expression, but found " + name.shown(), name.start());
            default -> call(name, bindings);
        };
    }

    private Filter call(JqToken name, Bindings bindings) throws JqSyntaxException {
        List<Filter> arguments = new ArrayList<>();
        if (lexer.accept("(")) {
            do {
                arguments.add(parser.pipe(bindings, true));
            } while (lexer.accept(";"));
            lexer.expect(")", "after the arguments");
        }
        return parser.call(name.text(), List.copyOf(arguments), name.start(), bindings);
    }

    private Filter format(Bindings bindings) throws JqSyntaxException {
        JqToken name = lexer.next();
        Filter alone = parser.call("@" + name.text(), List.of(), name.start(), bindings);
        Format format = Format.named(name.text());
        return format != null && lexer.peek().kind() == Kind.QUOTE
                ? new StringParser(lexer, parser, bindings).parse(format)
                : alone;
    }

    private static Filter field(Filter term, String name) {
        return Single.index(term, new Basics.Constant(Json.NODES.textNode(name)));
    }

    private Filter quotedField(Filter term, Bindings bindings) throws JqSyntaxException {
        return Single.index(term, new StringParser(lexer, parser, bindings).parse(Format.TEXT));
    }

    private Filter bracket(Filter term, Bindings bindings) throws JqSyntaxException {
        lexer.expect("[", "");
        if (lexer.accept("]")) {
            return new Access.Iteration(term);
        }
        Filter open = new Basics.Constant(Json.NODES.nullNode());
        if (lexer.accept(":")) {
            Filter end = parser.pipe(bindings, true);
            lexer.expect("]", "after the slice");
            return new Access.Slice(term, open, end);
        }
        Filter begin = parser.pipe(bindings, true);
        if (lexer.accept(":")) {
            Filter end = lexer.peek().is("]") ? open : parser.pipe(bindings, true);
            lexer.expect("]", "after the slice");
            return new Access.Slice(term, begin, end);
        }
        lexer.expect("]", "after the index");
        return Single.index(term, begin);
    }

    private Filter object(Bindings bindings) throws JqSyntaxException {
        List<ObjectConstruction.Member> members = new ArrayList<>();
        if (!lexer.accept("}")) {
            do {
                members.add(member(bindings));
                parser.checkLength(members.size(), "members of an object");
            } while (lexer.accept(","));
            lexer.expect("}", "at the end of the object");
        }
        return Single.object(List.copyOf(members));
    }

    private ObjectConstruction.Member member(Bindings bindings) throws JqSyntaxException {
        JqToken ahead = lexer.peek();
        return switch (ahead.kind()) {
            case VARIABLE -> {
                Filter variable = parser.variable(lexer.next(), bindings);
                yield lexer.accept(":")
                        ? new ObjectConstruction.Member(variable, parser.pipe(bindings, false))
                        : new ObjectConstruction.Member(text(ahead.text()), variable);
            }
            case NAME -> {
                lexer.next();
                yield valueOf(text(ahead.text()), bindings);
            }
            case QUOTE -> valueOf(new StringParser(lexer, parser, bindings).parse(Format.TEXT), bindings);
            case FORMAT -> valueOf(format(bindings), bindings);
            case NUMBER -> throw lexer.unexpected("the name of a member, in quotes if it is a number");
            case FIELD, SYMBOL, END -> {
                lexer.expect("(", "or the name of a member");
                Filter name = parser.pipe(bindings, true);
                lexer.expect(")", "after the expression for a name");
                lexer.expect(":", "after the name of the member");
                yield new ObjectConstruction.Member(name, parser.pipe(bindings, false));
            }
        };
    }

    /** Without one it is the member of that name of the input. */
    private ObjectConstruction.Member valueOf(Filter name, Bindings bindings) throws JqSyntaxException {
        Filter value = lexer.accept(":") ? parser.pipe(bindings, false) : Single.index(new Basics.Identity(), name);
        return new ObjectConstruction.Member(name, value);
    }

    private static Filter text(String name) {
        return new Basics.Constant(Json.NODES.textNode(name));
    }

    /** Whole numbers of a usual size are integers however they are written, all others keep their digits. */
    private static JsonNode number(JqToken token) throws JqSyntaxException {
        if (token.text().length() <= MAX_DIGITS) {
            try {
                BigDecimal decimal = new BigDecimal(token.text());
                boolean isInteger = decimal.scale() <= 0
                        && (decimal.scale() == 0 || (long) decimal.precision() - decimal.scale() <= MAX_INTEGER);
                return isInteger ? Arithmetic.integer(decimal.toBigIntegerExact()) : Json.NODES.numberNode(decimal);
            } catch (NumberFormatException exponentTooLarge) {
                // Told below, as any other number that is too long.
            }
        }
        throw new JqSyntaxException(
                "Expected a number of at most " + MAX_DIGITS + " digits, but found a longer one", token.start());
    }
}
