package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.util.Map;
import java.util.function.IntPredicate;

/** Parses operators by their precedence, as jq's grammar has it. */
final class OperatorParser {

    /** Parses what stands between operators. */
    interface Operand {
        Filter parse() throws JqSyntaxException;
    }

    private enum Side {
        LEFT,
        RIGHT,
        /** Two of the level cannot follow each other. */
        NONE
    }

    private record Level(int precedence, Side side) {}

    private static final Level ALTERNATIVE = new Level(1, Side.RIGHT);
    private static final Level ASSIGNMENT = new Level(2, Side.NONE);
    private static final Level OR = new Level(3, Side.LEFT);
    private static final Level AND = new Level(4, Side.LEFT);
    private static final Level COMPARISON = new Level(5, Side.NONE);
    private static final Level SUM = new Level(6, Side.LEFT);
    private static final Level PRODUCT = new Level(7, Side.LEFT);

    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry("//", ALTERNATIVE),
            Map.entry("=", ASSIGNMENT),
            Map.entry("|=", ASSIGNMENT),
            Map.entry("+=", ASSIGNMENT),
            Map.entry("-=", ASSIGNMENT),
            Map.entry("*=", ASSIGNMENT),
            Map.entry("/=", ASSIGNMENT),
            Map.entry("%=", ASSIGNMENT),
            Map.entry("//=", ASSIGNMENT),
            Map.entry("or", OR),
            Map.entry("and", AND),
            Map.entry("==", COMPARISON),
            Map.entry("!=", COMPARISON),
            Map.entry("<", COMPARISON),
            Map.entry("<=", COMPARISON),
            Map.entry(">", COMPARISON),
            Map.entry(">=", COMPARISON),
            Map.entry("+", SUM),
            Map.entry("-", SUM),
            Map.entry("*", PRODUCT),
            Map.entry("/", PRODUCT),
            Map.entry("%", PRODUCT));

    private final JqLexer lexer;
    private final JqParser parser;
    private final Operand operand;

    OperatorParser(JqLexer lexer, JqParser parser, Operand operand) {
        this.lexer = lexer;
        this.parser = parser;
        this.operand = operand;
    }

    Filter parse() throws JqSyntaxException {
        return parse(ALTERNATIVE.precedence());
    }

    private Filter parse(int least) throws JqSyntaxException {
        Filter left = operand.parse();
        int most = PRODUCT.precedence();
        for (int count = 1; ; count++) {
            parser.checkLength(count, "operators in a row");
            JqToken operator = lexer.peek();
            Level level =
                    operator.kind() == Kind.SYMBOL || operator.kind() == Kind.NAME ? LEVELS.get(operator.text()) : null;
            if (level == null || level.precedence() < least) {
                return left;
            }
            if (level.precedence() > most) {
                throw new JqSyntaxException(
                        "Expected parentheses around one of two operators that cannot follow each other, but found "
                                + operator.shown(),
                        operator.start());
            }
            lexer.next();
            int rightLeast = level.side() == Side.RIGHT ? level.precedence() : level.precedence() + 1;
            Filter right = parser.deeper(() -> parse(rightLeast));
            most = level.side() == Side.NONE ? level.precedence() - 1 : level.precedence();
            left = combine(operator, left, right);
        }
    }

    private static Filter combine(JqToken operator, Filter left, Filter right) {
        return switch (operator.text()) {
            case "//" -> new Basics.Alternative(left, right);
            case "=" -> new Assignment.Write(left, right, (budget, old, value) -> value);
            case "|=" -> new Assignment.Update(left, right);
            case "+=" -> new Assignment.Write(left, right, Arithmetic.PLUS);
            case "-=" -> new Assignment.Write(left, right, Arithmetic.MINUS);
            case "*=" -> new Assignment.Write(left, right, Arithmetic.TIMES);
            case "/=" -> new Assignment.Write(left, right, Arithmetic.DIVIDE);
            case "%=" -> new Assignment.Write(left, right, Arithmetic.MODULO);
            case "//=" -> new Assignment.Write(left, right, (budget, old, value) -> Basics.isTrue(old) ? old : value);
            case "or" -> Single.junction(left, right, true);
            case "and" -> Single.junction(left, right, false);
            case "==" -> comparison(left, right, order -> order == 0);
            case "!=" -> comparison(left, right, order -> order != 0);
            case "<" -> comparison(left, right, order -> order < 0);
            case "<=" -> comparison(left, right, order -> order <= 0);
            case ">" -> comparison(left, right, order -> order > 0);
            case ">=" -> comparison(left, right, order -> order >= 0);
            case "+" -> Single.binary(left, right, Arithmetic.PLUS);
            case "-" -> Single.binary(left, right, Arithmetic.MINUS);
            case "*" -> Single.binary(left, right, Arithmetic.TIMES);
            case "/" -> Single.binary(left, right, Arithmetic.DIVIDE);
            case "%" -> Single.binary(left, right, Arithmetic.MODULO);
            default -> throw new IllegalStateException("No operator " + operator.text());
        };
    }

    private static Filter comparison(Filter left, Filter right, IntPredicate test) {
        return Single.binary(
                left,
                right,
                (budget, first, second) -> Json.NODES.booleanNode(test.test(Order.compare(budget, first, second))));
    }
}
