package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what the tasks that run processes have in common. */
public final class ProcessArguments {
    /** Of one attempt of a job and all others: what is done once can be told by it. */
    public static final String KEY_VARIABLE = "ORQUESTRAX_IDEMPOTENCY_KEY";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern ONE_WORD = Pattern.compile("\\s*[A-Za-z0-9_./:@%+-]+\\s*");

    private ProcessArguments() {}

    /** Whether a command is the name of a program, and nothing that a shell would have to read. */
    public static boolean isOneWord(String command) {
        return ONE_WORD.matcher(command).matches();
    }

    /**
     * @param what is expected, for messages
     */
    public static String text(JsonNode value, String what) throws ConnectorFailure {
        if (!value.isTextual()) {
            throw invalid("Expected " + what + " as a text, but found " + kind(value) + ".");
        }
        if (value.textValue().isBlank()) {
            throw invalid("Expected " + what + ", but it is empty.");
        }
        return checked(value.textValue(), what);
    }

    /** Texts as they are, and other values as JSON. */
    public static List<String> words(JsonNode arguments) throws ConnectorFailure {
        if (arguments.isMissingNode() || arguments.isNull()) {
            return List.of();
        }
        if (!arguments.isArray()) {
            throw invalid("Expected a list of arguments, but found " + kind(arguments) + ".");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode argument : arguments) {
            words.add(checked(written(argument), "an argument"));
        }
        return words;
    }

    /** The author's variables, and the key of the job. */
    public static Map<String, String> environment(JsonNode environment, String idempotencyKey) throws ConnectorFailure {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(KEY_VARIABLE, idempotencyKey);
        if (!environment.isMissingNode() && !environment.isNull() && !environment.isObject()) {
            throw invalid("Expected an object as environment, but found " + kind(environment) + ".");
        }
        for (Map.Entry<String, JsonNode> variable : environment.properties()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                throw invalid("Expected names of variables of letters, digits and _, but found \"" + variable.getKey()
                        + "\".");
            }
            variables.put(variable.getKey(), checked(written(variable.getValue()), "a variable"));
        }
        return variables;
    }

    public static byte[] input(JsonNode stdin) {
        return stdin.isMissingNode() || stdin.isNull()
                ? new byte[0]
                : written(stdin).getBytes(StandardCharsets.UTF_8);
    }

    private static String written(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.write(value);
    }

    private static String checked(String text, String what) throws ConnectorFailure {
        if (text.indexOf('\0') >= 0) {
            throw invalid("Expected " + what + " without the character of code 0, but it has one.");
        }
        return text;
    }

    private static String kind(JsonNode value) {
        return value.isMissingNode() ? "none" : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    public static ConnectorFailure invalid(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid call", detail);
    }
}
