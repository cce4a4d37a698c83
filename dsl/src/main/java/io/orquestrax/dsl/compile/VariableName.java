package io.orquestrax.dsl.compile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that authors give to variables. */
final class VariableName {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> TAKEN = Set.of(
            "context", "input", "output", "task", "workflow", "runtime", "secrets", "authorization", "__loc__", "ENV");

    private VariableName() {}

    /** Empty where it is none, or one that the DSL gives a meaning to, which is recorded. */
    static Optional<String> read(Part part) {
        Optional<String> name = part.text("a text with the name of a variable");
        if (name.isPresent() && !FORM.matcher(name.get()).matches()) {
            part.invalid(
                    "Expected the name of a variable, of letters, digits and '_', without a dollar sign, but found "
                            + part.found());
            return Optional.empty();
        }
        if (name.isPresent() && TAKEN.contains(name.get())) {
            part.invalid("Expected the name of a new variable, but $" + name.get() + " has a meaning already");
            return Optional.empty();
        }
        return name;
    }
}
