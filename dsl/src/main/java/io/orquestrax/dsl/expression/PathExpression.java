package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that only goes down a path, such as {@code .}, {@code .a.b} or {@code $context.a}: most are, and need no
 * interpreter.
 *
 * @param variable blank where the path starts at the input
 */
record PathExpression(String source, String variable, int offset, List<String> names) implements CompiledExpression {
    /** The pattern is matched on the stack, so a longer path is left to the interpreter and its limits. */
    private static final int MAX_LENGTH = 500;

    /** Which looks like a variable, but is a word of the language. */
    private static final String PLACE = "$__loc__";

    private static final Pattern PATH =
            Pattern.compile("\\s*(?:\\.|(\\$[A-Za-z_][A-Za-z0-9_]*)?((?:\\.[A-Za-z_][A-Za-z0-9_]*)*))\\s*");

    /** Empty where the program is of another kind. */
    static Optional<CompiledExpression> of(String source) {
        if (source.length() > MAX_LENGTH || source.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = PATH.matcher(source);
        if (!matcher.matches() || PLACE.equals(matcher.group(1))) {
            return Optional.empty();
        }
        String variable = matcher.group(1) == null ? "" : matcher.group(1).substring(1);
        String path = matcher.group(2) == null ? "" : matcher.group(2);
        List<String> names =
                path.isEmpty() ? List.of() : List.of(path.substring(1).split("\\."));
        return Optional.of(new PathExpression(source, variable, source.indexOf('$'), names));
    }

    @Override
    public Map<String, Integer> variables() {
        return variable.isEmpty() ? Map.of() : Map.of(variable, offset);
    }

    @Override
    public JsonNode evaluate(JsonNode input, Variables variables) {
        JsonNode value = variable.isEmpty() ? input : start(variables);
        for (String name : names) {
            if (value.isNull()) {
                return value;
            }
            if (!value.isObject()) {
                throw new ExpressionException("Expected a result of \"" + source.strip() + "\", but Cannot index "
                        + value.getNodeType().name().toLowerCase(Locale.ROOT) + " with string \"" + name + "\"");
            }
            JsonNode member = value.get(name);
            value = member == null ? Json.NODES.nullNode() : member;
        }
        return value;
    }

    private JsonNode start(Variables variables) {
        Supplier<JsonNode> value = variables.valueOrNull(variable);
        if (value == null) {
            throw new ExpressionException(
                    "Expected a result of \"" + source.strip() + "\", but $" + variable + " has no value here");
        }
        return value.get();
    }
}
