package io.orquestrax.dsl.expression.jq;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;

/**
 * The functions that every program can call: the library's, with those replaced that know no limit or compute wrong
 * numbers, and those added that jq 1.7 has beyond them.
 */
final class Builtins {
    /** What {@code |=} calls. */
    static final String UPDATE = "_modify";

    private static final String DEFINITIONS = "builtins.jq";
    private static final Set<String> WITHHELD = Set.of("debug_scope/0", "env/0", "builtins/0");

    private final Scope scope = Scope.newEmptyScope();
    private final Set<String> signatures = new HashSet<>();

    private boolean isComplete;

    Builtins() {
        BuiltinFunctionLoader.getInstance()
                .listFunctions(Versions.JQ_1_7, scope)
                .forEach(this::add);
        WITHHELD.forEach(signatures::remove);
        NativeFunctions.all().forEach(this::add);
        try {
            new JqParser(definitions(), this).definitions().forEach(this::add);
        } catch (JqSyntaxException broken) {
            throw new IllegalStateException(DEFINITIONS + " at " + broken.offset() + ": " + broken.getMessage());
        }
        isComplete = true;
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

    private void add(String signature, Function function) {
        scope.addFunction(signature, function);
        signatures.add(signature);
    }

    private void add(JqParser.Signature definition) {
        String signature =
                Bindings.signature(definition.name(), definition.parameters().size());
        add(signature, new JsonQueryFunction(definition.name(), definition.parameters(), definition.body(), scope));
    }

    Scope scope() {
        return scope;
    }

    boolean has(String signature) {
        // The definitions call each other in any order.
        return !isComplete || signatures.contains(signature);
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
                .filter(each -> !each.startsWith("_"))
                .distinct()
                .toList();
        return JqSyntaxException.unknownFunction("Expected a function of jq, but found " + found, start, name, names);
    }

    private static String nameOf(String signature) {
        return signature.substring(0, signature.lastIndexOf('/'));
    }
}
