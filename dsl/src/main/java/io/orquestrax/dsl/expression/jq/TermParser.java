package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.JsonQueryKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.RecursionOperator;
import net.thisptr.jackson.jq.internal.tree.StringKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.VariableKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketExtractFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.IdentifierFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.StringFieldAccess;
import org.jspecify.annotations.Nullable;

/** Parses terms: literals, calls, constructions, and the accesses that follow them. */
final class TermParser {
    private static final int MAX_DIGITS = 1000;
    private static final int MAX_EXPONENT = 10_000;

    private final JqLexer lexer;
    private final JqParser parser;

    TermParser(JqLexer lexer, JqParser parser) {
        this.lexer = lexer;
        this.parser = parser;
    }

    Expression postfix(Bindings bindings) throws JqSyntaxException {
        Expression term = primary(bindings);
        while (true) {
            JqToken ahead = lexer.peek();
            if (ahead.kind() == Kind.FIELD) {
                lexer.next();
                term = new IdentifierFieldAccess(term, ahead.text(), lexer.accept("?"));
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

    private Expression primary(Bindings bindings) throws JqSyntaxException {
        JqToken ahead = lexer.peek();
        return switch (ahead.kind()) {
            case NUMBER -> new Constant(number(lexer.next()));
            case QUOTE -> new StringParser(lexer, parser, bindings).parse(null);
            case FORMAT -> format(bindings);
            case FIELD -> {
                lexer.next();
                yield new IdentifierFieldAccess(new ThisObject(), ahead.text(), lexer.accept("?"));
            }
            case VARIABLE -> {
                parser.useVariable(lexer.next(), bindings);
                yield new VariableAccess(null, ahead.text());
            }
            case NAME -> named(bindings);
            case SYMBOL -> symbol(bindings);
            case END -> throw lexer.unexpected("an expression");
        };
    }

    private Expression symbol(Bindings bindings) throws JqSyntaxException {
        if (lexer.accept(".")) {
            return lexer.peek().kind() == Kind.QUOTE ? quotedField(new ThisObject(), bindings) : new ThisObject();
        }
        if (lexer.accept("..")) {
            return new Counted(new RecursionOperator());
        }
        if (lexer.accept("(")) {
            Expression inner = parser.pipe(bindings, true);
            lexer.expect(")", "after the expression");
            return inner;
        }
        if (lexer.accept("[")) {
            if (lexer.accept("]")) {
                return new ArrayConstruction();
            }
            Expression items = parser.pipe(bindings, true);
            lexer.expect("]", "at the end of the array");
            return new ArrayConstruction(items);
        }
        if (lexer.accept("{")) {
            return object(bindings);
        }
        throw lexer.unexpected("an expression");
    }

    private Expression named(Bindings bindings) throws JqSyntaxException {
        JqToken name = lexer.next();
        return switch (name.text()) {
            case "null" -> new Constant(Json.NODES.nullNode());
            case "true" -> new Constant(Json.NODES.booleanNode(true));
            case "false" -> new Constant(Json.NODES.booleanNode(false));
            case "if" -> parser.conditional(bindings);
            case "reduce" -> parser.reduce(bindings);
            case "foreach" -> parser.foreach(bindings);
            case "break" -> parser.breakOut(bindings);
            case "then", "elif", "else", "end", "as", "catch", "and", "or", "import", "include", "label", "__loc__" ->
                throw new JqSyntaxException("Expected an expression, but found " + name.shown(), name.start());
            default -> call(name, bindings);
        };
    }

    private Expression call(JqToken name, Bindings bindings) throws JqSyntaxException {
        List<Expression> arguments = new ArrayList<>();
        if (lexer.accept("(")) {
            do {
                arguments.add(parser.pipe(bindings, true));
            } while (lexer.accept(";"));
            lexer.expect(")", "after the arguments");
        }
        parser.useFunction(name.text(), arguments.size(), name.start(), bindings);
        return new Counted(new Call(name.text(), arguments));
    }

    private Expression format(Bindings bindings) throws JqSyntaxException {
        JqToken name = lexer.next();
        parser.useFunction("@" + name.text(), 0, name.start(), bindings);
        Expression format = new FormattingFilter(name.text(), Versions.JQ_1_7);
        return lexer.peek().kind() == Kind.QUOTE ? new StringParser(lexer, parser, bindings).parse(format) : format;
    }

    private Expression quotedField(Expression term, Bindings bindings) throws JqSyntaxException {
        Expression name = new StringParser(lexer, parser, bindings).parse(null);
        return new StringFieldAccess(term, name, lexer.accept("?"));
    }

    private Expression bracket(Expression term, Bindings bindings) throws JqSyntaxException {
        lexer.expect("[", "");
        if (lexer.accept("]")) {
            return new Counted(new BracketExtractFieldAccess(term, lexer.accept("?")));
        }
        if (lexer.accept(":")) {
            Expression end = parser.pipe(bindings, true);
            lexer.expect("]", "after the slice");
            return new BracketFieldAccess(term, null, end, lexer.accept("?"));
        }
        Expression begin = parser.pipe(bindings, true);
        if (lexer.accept(":")) {
            @Nullable Expression end = lexer.peek().is("]") ? null : parser.pipe(bindings, true);
            lexer.expect("]", "after the slice");
            return new BracketFieldAccess(term, begin, end, lexer.accept("?"));
        }
        lexer.expect("]", "after the index");
        return new BracketFieldAccess(term, begin, lexer.accept("?"));
    }

    private Expression object(Bindings bindings) throws JqSyntaxException {
        ObjectConstruction object = new ObjectConstruction();
        if (lexer.accept("}")) {
            return object;
        }
        do {
            member(object, bindings);
        } while (lexer.accept(","));
        lexer.expect("}", "at the end of the object");
        return object;
    }

    private void member(ObjectConstruction object, Bindings bindings) throws JqSyntaxException {
        JqToken ahead = lexer.peek();
        switch (ahead.kind()) {
            case VARIABLE -> {
                parser.useVariable(lexer.next(), bindings);
                object.add(new VariableKeyFieldConstruction(ahead.text()));
            }
            case NAME -> {
                lexer.next();
                object.add(
                        lexer.accept(":")
                                ? new IdentifierKeyFieldConstruction(ahead.text(), parser.pipe(bindings, false))
                                : new IdentifierKeyFieldConstruction(ahead.text()));
            }
            case QUOTE, FORMAT -> {
                Expression key = ahead.kind() == Kind.FORMAT
                        ? format(bindings)
                        : new StringParser(lexer, parser, bindings).parse(null);
                object.add(
                        lexer.accept(":")
                                ? new StringKeyFieldConstruction(key, parser.pipe(bindings, false))
                                : new StringKeyFieldConstruction(key));
            }
            case NUMBER -> throw lexer.unexpected("the name of a member, in quotes if it is a number");
            case FIELD, SYMBOL, END -> {
                lexer.expect("(", "or the name of a member");
                Expression key = parser.pipe(bindings, true);
                lexer.expect(")", "after the expression for a name");
                lexer.expect(":", "after the name of the member");
                object.add(new JsonQueryKeyFieldConstruction(key, parser.pipe(bindings, false)));
            }
        }
    }

    private static JsonNode number(JqToken token) throws JqSyntaxException {
        String digits = token.text();
        if (digits.length() <= MAX_DIGITS) {
            if (digits.chars().allMatch(each -> each >= '0' && each <= '9')) {
                return Arithmetic.integer(new BigInteger(digits));
            }
            try {
                BigDecimal decimal = new BigDecimal(digits);
                if (Math.abs((long) decimal.scale()) <= MAX_EXPONENT) {
                    return decimal.scale() < 0
                            ? Arithmetic.integer(decimal.toBigIntegerExact())
                            : Json.NODES.numberNode(decimal);
                }
            } catch (NumberFormatException exponentTooLarge) {
                // Told below, as any other number that is too long.
            }
        }
        throw new JqSyntaxException(
                "Expected a number of at most " + MAX_DIGITS + " digits, but found a longer one", token.start());
    }
}
