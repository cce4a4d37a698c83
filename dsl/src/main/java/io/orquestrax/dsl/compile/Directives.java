package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.Directive;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads flow directives; their targets are the tasks of one list. */
final class Directives {
    static final Set<String> WORDS = Set.of("continue", "exit", "end");

    private Directives() {}

    /**
     * @param siblings names of the tasks in the list
     */
    static Directive read(Part part, Set<String> siblings) {
        String word = part.text("a text: continue, exit, end, or the name of a task in the same list")
                .orElse("continue");
        return switch (word) {
            case "continue" -> Directive.CONTINUE;
            case "exit" -> Directive.EXIT;
            case "end" -> Directive.END;
            default -> jump(part, word, siblings);
        };
    }

    private static Directive jump(Part part, String name, Set<String> siblings) {
        if (!siblings.contains(name)) {
            Set<String> known = new LinkedHashSet<>(siblings);
            known.addAll(WORDS);
            part.report()
                    .errorAtValue(
                            part.pointer(),
                            ProblemCode.UNKNOWN_TASK,
                            "Expected continue, exit, end, or the name of a task in the same list, but found \""
                                    + Part.shortened(name) + "\"" + NearMiss.hint(name, known));
        }
        return new Directive.Goto(name);
    }
}
