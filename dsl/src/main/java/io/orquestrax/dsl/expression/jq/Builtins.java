package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The functions that every program can call: those in Java, and those that {@code builtins.jq} defines. */
final class Builtins {
    private static final String DEFINITIONS = "builtins.jq";

    private final Map<String, NativeFunction> natives = new HashMap<>(NativeFunctions.all());
    private final Map<String, Definition.Function> definitions = new HashMap<>();
    private final Set<String> signatures = new TreeSet<>();

    Builtins() {
        natives.put("builtins/0", NativeFunction.of((budget, in) -> list()));
        try {
            new JqParser(definitions(), this).definitions();
        } catch (JqSyntaxException broken) {
            throw new IllegalStateException(DEFINITIONS + " at " + broken.offset() + ": " + broken.getMessage());
        }
        definitions.forEach((signature, function) -> {
            if (!function.isDefined()) {
                throw new IllegalStateException(DEFINITIONS + " calls " + signature + ", which there is not");
            }
        });
        signatures.addAll(natives.keySet());
        signatures.addAll(definitions.keySet());
    }

    static String definitions() {
        try (InputStream stream = Builtins.class.getResourceAsStream(DEFINITIONS)) {
            if (stream == null) {
                throw new IllegalStateException("Expected the resource " + DEFINITIONS + ", but there is none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private JsonNode list() {
        ArrayNode names = Json.NODES.arrayNode();
        signatures.stream().filter(Builtins::isPublic).forEach(names::add);
        return names;
    }

    private static boolean isPublic(String signature) {
        return !signature.startsWith("_") && !signature.startsWith("@");
    }

    /** By name and number of parameters. */
    Set<String> signatures() {
        return signatures;
    }

    /** The call of a builtin function; while these are read, they call each other in any order. */
    Optional<Filter> call(String signature, List<Filter> arguments) {
        NativeFunction function = natives.get(signature);
        if (function != null) {
            return Optional.of(Single.call(function, arguments));
        }
        boolean isReading = signatures.isEmpty();
        return isReading || definitions.containsKey(signature)
                ? Optional.of(new Call.OfDefined(definition(signature), arguments))
                : Optional.empty();
    }

    /** To be given a body. */
    Definition.Function definition(String signature) {
        return definitions.computeIfAbsent(signature, name -> new Definition.Function(name, null));
    }

    /**
     * @param defined by the program, where the call stands
     */
    JqSyntaxException unknown(String name, int arguments, int start, Set<String> defined) {
        Set<String> all = new TreeSet<>(signatures);
        all.addAll(defined);
        String found = Bindings.signature(name, arguments);
        List<String> sameName =
                all.stream().filter(each -> nameOf(each).equals(name)).toList();
        if (!sameName.isEmpty()) {
            String message = "Expected " + String.join(" or ", sameName) + ", but found " + found
                    + " (the number says how many arguments, with \";\" between them)";
            return JqSyntaxException.unknownFunction(message, start, name, List.of());
        }
        List<String> names = all.stream()
                .map(Builtins::nameOf)
                .filter(Builtins::isPublic)
                .distinct()
                .toList();
        return JqSyntaxException.unknownFunction("Expected a function of jq, but found " + found, start, name, names);
    }

    private static String nameOf(String signature) {
        return signature.substring(0, signature.lastIndexOf('/'));
    }
}
