package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Compiles jq programs. */
public final class ExpressionCompiler {
    public static final Expression IDENTITY = new Constant(".", null);
    public static final Expression NULL = new Constant("null", Json.NODES.nullNode());
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

    private final Scope root = Scope.newEmptyScope();

    public ExpressionCompiler() {
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, root);
    }

    private record Constant(
            String source,
            @org.jspecify.annotations.Nullable JsonNode value) implements Expression {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return value == null ? input : value;
        }
    }

    /**
     * @throws ExpressionSyntaxException if it is no jq program
     */
    public CompiledExpression compile(String source) throws ExpressionSyntaxException {
        try {
            Map<String, Integer> names = new LinkedHashMap<>();
            JsonQuery query = JsonQuery.compile(source, Versions.JQ_1_7);
            Matcher matcher = VARIABLE.matcher(source);
            while (matcher.find()) {
                names.putIfAbsent(matcher.group(1), matcher.start());
            }
            return new Jq(source, query, names, root);
        } catch (JsonQueryException | RuntimeException malformed) {
            throw new ExpressionSyntaxException(
                    ExpressionSyntaxException.Kind.SYNTAX,
                    "Expected a jq expression, but " + malformed.getMessage(),
                    0,
                    "",
                    List.of());
        }
    }

    private record Jq(String source, JsonQuery query, Map<String, Integer> variables, Scope root)
            implements CompiledExpression {
        @Override
        public JsonNode evaluate(JsonNode input, Variables values) {
            Scope scope = Scope.newChildScope(root);
            values.values().forEach((name, value) -> {
                if (variables.containsKey(name)) {
                    scope.setValue(name, value.get());
                }
            });
            List<JsonNode> results = new ArrayList<>();
            try {
                query.apply(scope, input, results::add);
            } catch (JsonQueryException | StackOverflowError failed) {
                throw new ExpressionException("Expected a result of " + source + ", but " + failed.getMessage());
            }
            if (results.size() == 1) {
                return results.getFirst();
            }
            ArrayNode array = Json.NODES.arrayNode();
            array.addAll(results);
            return results.isEmpty() ? Json.NODES.nullNode() : array;
        }
    }
}
