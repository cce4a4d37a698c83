package io.orquestrax.dsl.expression.jq;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a part of a program can use, beside the builtin functions.
 *
 * @param functions with their number of parameters: {@code map/1}
 */
record Bindings(Set<String> variables, Set<String> functions, Set<String> labels) {
    static final Bindings NONE = new Bindings(Set.of(), Set.of(), Set.of());

    Bindings withVariables(List<String> names) {
        return new Bindings(extended(variables, names), functions, labels);
    }

    Bindings withFunction(String signature) {
        return new Bindings(variables, extended(functions, List.of(signature)), labels);
    }

    Bindings withLabel(String name) {
        return new Bindings(variables, functions, extended(labels, List.of(name)));
    }

    static String signature(String name, int parameters) {
        return name + "/" + parameters;
    }

    private static Set<String> extended(Set<String> names, List<String> more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return all;
    }
}
