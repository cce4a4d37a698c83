package io.orquestrax.dsl.expression.jq;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a part of a program can use, beside the builtin functions.
 *
 * @param functions by name and number of parameters: {@code map/1}
 */
record Bindings(Map<String, Slot> variables, Map<String, Target> functions, Map<String, Slot> labels) {
    static final Bindings NONE = new Bindings(Map.of(), Map.of(), Map.of());

    /** What the name of a function stands for. */
    sealed interface Target {}

    /** A function of the program. */
    record OfDefinition(Definition.Function function) implements Target {}

    /** A parameter that is an expression. */
    record OfParameter(Slot parameter) implements Target {}

    /** A parameter that is a value, which can be called too. */
    record OfValue(Slot variable) implements Target {}

    Bindings withVariable(String name, Slot slot) {
        return new Bindings(extended(variables, name, slot), functions, labels);
    }

    Bindings withVariables(Map<String, Slot> slots) {
        Bindings all = this;
        for (Map.Entry<String, Slot> each : slots.entrySet()) {
            all = all.withVariable(each.getKey(), each.getValue());
        }
        return all;
    }

    Bindings withFunction(String signature, Target target) {
        return new Bindings(variables, extended(functions, signature, target), labels);
    }

    Bindings withParameter(Definition.Parameter parameter) {
        String signature = signature(parameter.name(), 0);
        return parameter.isValue()
                ? withVariable(parameter.name(), parameter.slot())
                        .withFunction(signature, new OfValue(parameter.slot()))
                : withFunction(signature, new OfParameter(parameter.slot()));
    }

    Bindings withLabel(String name, Slot slot) {
        return new Bindings(variables, functions, extended(labels, name, slot));
    }

    @Nullable
    Slot label(String name) {
        return labels.get(name);
    }

    Set<String> signatures() {
        return functions.keySet();
    }

    static String signature(String name, int parameters) {
        return name + "/" + parameters;
    }

    private static <T> Map<String, T> extended(Map<String, T> names, String name, T meaning) {
        Map<String, T> all = new HashMap<>(names);
        all.put(name, meaning);
        return all;
    }
}
