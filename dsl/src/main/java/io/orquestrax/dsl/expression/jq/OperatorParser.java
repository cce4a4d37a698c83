package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.operators.AlternativeOperator;
import net.thisptr.jackson.jq.internal.tree.binaryop.AlternativeOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanAndExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanOrExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareEqualTest;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareGreaterEqualTest;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareGreaterTest;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareLessEqualTest;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareLessTest;
import net.thisptr.jackson.jq.internal.tree.binaryop.comparison.CompareNotEqualTest;

/** Parses operators by their precedence, as jq's grammar has it. */
final class OperatorParser {

    /** Parses what stands between operators. */
    interface Operand {
        Expression parse() throws JqSyntaxException;
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
    private final Operand operand;

    OperatorParser(JqLexer lexer, Operand operand) {
        this.lexer = lexer;
        this.operand = operand;
    }

    Expression parse() throws JqSyntaxException {
        return parse(ALTERNATIVE.precedence());
    }

    private Expression parse(int least) throws JqSyntaxException {
        Expression left = operand.parse();
        int most = PRODUCT.precedence();
        while (true) {
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
            Expression right = parse(level.side() == Side.RIGHT ? level.precedence() : level.precedence() + 1);
            most = level.side() == Side.NONE ? level.precedence() - 1 : level.precedence();
            left = combine(operator, left, right);
        }
    }

    private static Expression combine(JqToken operator, Expression left, Expression right) {
        return switch (operator.text()) {
            case "//" -> new AlternativeOperatorExpression(left, right);
            case "=" -> new Assignment(left, right, null);
            case "|=" -> new Call(Builtins.UPDATE, List.of(left, right));
            case "+=" -> new Assignment(left, right, Arithmetic.PLUS);
            case "-=" -> new Assignment(left, right, Arithmetic.MINUS);
            case "*=" -> new Assignment(left, right, Arithmetic.TIMES);
            case "/=" -> new Assignment(left, right, Arithmetic.DIVIDE);
            case "%=" -> new Assignment(left, right, Arithmetic.MODULO);
            case "//=" -> new Assignment(left, right, new AlternativeOperator());
            case "or" -> new BooleanOrExpression(left, right);
            case "and" -> new BooleanAndExpression(left, right);
            case "==" -> new CompareEqualTest(left, right);
            case "!=" -> new CompareNotEqualTest(left, right);
            case "<" -> new CompareLessTest(left, right);
            case "<=" -> new CompareLessEqualTest(left, right);
            case ">" -> new CompareGreaterTest(left, right);
            case ">=" -> new CompareGreaterEqualTest(left, right);
            case "+" -> new Operation(left, right, Arithmetic.PLUS);
            case "-" -> new Operation(left, right, Arithmetic.MINUS);
            case "*" -> new Operation(left, right, Arithmetic.TIMES);
            case "/" -> new Operation(left, right, Arithmetic.DIVIDE);
            case "%" -> new Operation(left, right, Arithmetic.MODULO);
            default -> throw new IllegalStateException("No operator " + operator.text());
        };
    }
}
