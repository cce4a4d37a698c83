package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The arguments of a connector's job, in which expressions that name {@code $secrets} or {@code $authorization} are
 * still to be evaluated: their values are known only where the job executes, and stand in no event.
 *
 * <p>The arguments always have this shape, where {@code deferred} is absent if nothing is to be evaluated:
 *
 * <pre>{@code
 * {"with": {…},
 *  "deferred": {
 *    "now": "2026-01-31T12:00:00Z",
 *    "input": <what . is>,
 *    "variables": {"context": …},
 *    "secrets": ["apiKey"],
 *    "values": [{"pointer": "/headers/Authorization", "expression": "\"Bearer \\($secrets.apiKey)\""}]}}
 * }</pre>
 *
 * What the author's expressions gave is only ever inside of {@code with}, where null stands in the place of each value
 * to come, and the expressions are those of the definition: nothing that stands in data is evaluated, whatever its
 * members are called.
 */
public final class DeferredValues {
    private static final String WITH = "with";
    private static final String DEFERRED = "deferred";
    private static final String SECRETS = "secrets";
    private static final String AUTHORIZATION = "authorization";
    private static final int MAX_COMPILED = 1000;
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();
    private static final Map<String, CompiledExpression> COMPILED = new LinkedHashMap<>();

    private DeferredValues() {}

    /** Evaluates to the arguments of a job, in the shape above. */
    public static Template arguments(Template with) {
        Map<String, Templates.Deferred> leaves = new LinkedHashMap<>();
        Templates.visitDeferred(with, JsonPointer.empty(), (place, leaf) -> leaves.put(place.toString(), leaf));
        return new Arguments(with, leaves);
    }

    /** Whether anything in the arguments is still to be evaluated. */
    public static boolean containsAny(JsonNode arguments) {
        return arguments.has(DEFERRED);
    }

    /**
     * What stands in {@code with}, complete.
     *
     * @param arguments in the shape above
     * @param secrets the value of a secret by its name; what it throws is thrown on
     * @param authorization {@code $authorization} by the arguments that do not name it; what it throws is thrown on
     * @throws ExpressionException if an expression fails; its message tells no secret
     */
    public static JsonNode resolve(
            JsonNode arguments, Function<String, JsonNode> secrets, Function<JsonNode, JsonNode> authorization) {
        JsonNode with = arguments.path(WITH);
        JsonNode deferred = arguments.path(DEFERRED);
        if (deferred.isMissingNode()) {
            return with;
        }
        Variables variables = Variables.at(Instant.parse(deferred.path("now").textValue()));
        for (Map.Entry<String, JsonNode> variable : deferred.path("variables").properties()) {
            variables = variables.with(variable.getKey(), variable.getValue());
        }
        ObjectNode values = Json.NODES.objectNode();
        deferred.path(SECRETS).forEach(name -> values.set(name.textValue(), secrets.apply(name.textValue())));
        variables = variables.with(SECRETS, values);
        List<JsonNode> needAuthorization = new ArrayList<>();
        for (JsonNode value : deferred.path("values")) {
            if (compiled(expression(value)).variables().containsKey(AUTHORIZATION)) {
                needAuthorization.add(value);
            } else {
                with = evaluated(with, value, deferred, variables);
            }
        }
        if (!needAuthorization.isEmpty()) {
            variables = variables.with(AUTHORIZATION, authorization.apply(with));
        }
        for (JsonNode value : needAuthorization) {
            with = evaluated(with, value, deferred, variables);
        }
        return with;
    }

    private static String expression(JsonNode value) {
        return value.path("expression").textValue();
    }

    private static JsonNode evaluated(JsonNode with, JsonNode value, JsonNode deferred, Variables variables) {
        JsonNode result = evaluate(expression(value), deferred.path("input"), variables);
        return replaced(with, JsonPointer.compile(value.path("pointer").textValue()), result);
    }

    private static JsonNode evaluate(String source, JsonNode input, Variables variables) {
        try {
            return compiled(source).evaluate(input, variables);
        } catch (ExpressionException mayHoldSecret) {
            throw new ExpressionException("Expected a result of \"" + source.strip()
                    + "\", but it failed; why is not told, since that could show a secret");
        }
    }

    private static CompiledExpression compiled(String source) {
        synchronized (COMPILED) {
            CompiledExpression known = COMPILED.get(source);
            if (known != null) {
                return known;
            }
        }
        try {
            CompiledExpression compiled = COMPILER.compile(source);
            synchronized (COMPILED) {
                if (COMPILED.size() >= MAX_COMPILED) {
                    COMPILED.clear();
                }
                COMPILED.put(source, compiled);
            }
            return compiled;
        } catch (ExpressionSyntaxException ofAnotherVersion) {
            throw new ExpressionException("Expected an expression, but found \"" + source.strip() + "\"");
        }
    }

    /** Copies only what lies on the way, since the rest may be shared. */
    private static JsonNode replaced(JsonNode node, JsonPointer way, JsonNode value) {
        if (way.matches()) {
            return value;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.NODES.objectNode();
            copy.setAll(object);
            copy.set(way.getMatchingProperty(), replaced(object.path(way.getMatchingProperty()), way.tail(), value));
            return copy;
        }
        ArrayNode copy = Json.NODES.arrayNode();
        node.forEach(copy::add);
        copy.set(way.getMatchingIndex(), replaced(node.path(way.getMatchingIndex()), way.tail(), value));
        return copy;
    }

    private record Arguments(Template with, Map<String, Templates.Deferred> leaves) implements Template {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            ObjectNode arguments = Json.NODES.objectNode();
            arguments.set(WITH, with.evaluate(input, variables));
            if (!leaves.isEmpty()) {
                arguments.set(DEFERRED, deferred(input, variables));
            }
            return arguments;
        }

        private ObjectNode deferred(JsonNode input, Variables variables) {
            ObjectNode deferred = Json.NODES.objectNode();
            deferred.put("now", variables.now().toString());
            deferred.set("input", input);
            deferred.set("variables", named(variables));
            ArrayNode secrets = deferred.putArray(SECRETS);
            leaves.values().stream()
                    .flatMap(leaf -> leaf.secrets().stream())
                    .collect(Collectors.toCollection(TreeSet::new))
                    .forEach(secrets::add);
            ArrayNode values = deferred.putArray("values");
            leaves.forEach((pointer, leaf) -> values.addObject()
                    .put("pointer", pointer)
                    .put("expression", leaf.expression().source()));
            return deferred;
        }

        private ObjectNode named(Variables variables) {
            List<String> names = new ArrayList<>();
            leaves.values()
                    .forEach(leaf -> names.addAll(leaf.expression().variables().keySet()));
            ObjectNode named = Json.NODES.objectNode();
            for (String name : names) {
                Supplier<JsonNode> value = variables.valueOrNull(name);
                if (value != null && !name.equals(SECRETS) && !named.has(name)) {
                    named.set(name, value.get());
                }
            }
            return named;
        }
    }
}
