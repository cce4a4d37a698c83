package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.jq.JqCompiler;
import io.orquestrax.dsl.expression.jq.JqProgram;
import io.orquestrax.dsl.expression.jq.JqSyntaxException;
import io.orquestrax.dsl.json.Json;
import java.util.Map;
import java.util.Optional;

/** Compiles jq programs; safe for use by many threads. */
public final class ExpressionCompiler {
    public static final Expression IDENTITY = new Fixed(".", false);
    public static final Expression NULL = new Fixed("null", true);

    private final JqCompiler jq = new JqCompiler();

    /**
     * @param source without <code>${ }</code>
     * @throws ExpressionSyntaxException if it is no jq program, or calls a function that is not there
     */
    public CompiledExpression compile(String source) throws ExpressionSyntaxException {
        try {
            Optional<CompiledExpression> path = PathExpression.of(source);
            return path.isPresent() ? path.get() : new Jq(source, jq.compile(source));
        } catch (JqSyntaxException wrong) {
            throw new ExpressionSyntaxException(
                    wrong.unknownFunction().isEmpty()
                            ? ExpressionSyntaxException.Kind.SYNTAX
                            : ExpressionSyntaxException.Kind.UNKNOWN_FUNCTION,
                    wrong.getMessage(),
                    wrong.offset(),
                    wrong.unknownFunction(),
                    wrong.functions());
        }
    }

    private record Fixed(String source, boolean isNull) implements Expression {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return isNull ? Json.NODES.nullNode() : input;
        }
    }

    private record Jq(String source, JqProgram program) implements CompiledExpression {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return program.evaluate(input, variables);
        }

        @Override
        public Map<String, Integer> variables() {
            return program.variables();
        }
    }
}
