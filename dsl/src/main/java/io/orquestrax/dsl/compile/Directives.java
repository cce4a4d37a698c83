package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.Directive;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads flow directives; their targets are the tasks of one list. */
final class Directives {
    static final Set<String> WORDS = Set.of("continue", "exit", "end");

    private Directives() {}

    static Directive read(Part part, TaskScope scope) {
        String word = part.text("a text: continue, exit, end, or the name of a task in the same list")
                .orElse("continue");
        if (scope.isBranch()
                && (word.equals("continue") || word.equals("exit"))
                && part.value().isTextual()) {
            part.report()
                    .warningAtKey(
                            part.pointer(),
                            ProblemCode.INEFFECTIVE_THEN,
                            "Expected no \"then\" on a branch of a fork, since nothing comes after it, but found "
                                    + word);
        }
        return switch (word) {
            case "continue" -> Directive.CONTINUE;
            case "exit" -> Directive.EXIT;
            case "end" -> Directive.END;
            default -> jump(part, word, scope);
        };
    }

    private static Directive jump(Part part, String name, TaskScope scope) {
        if (scope.isBranch()) {
            part.report()
                    .errorAtValue(
                            part.pointer(),
                            ProblemCode.UNKNOWN_TASK,
                            "Expected continue, exit or end, for branches of a fork run beside each other, but found \""
                                    + Part.shortened(name) + "\"");
        } else if (!scope.siblings().contains(name)) {
            Set<String> known = new LinkedHashSet<>(scope.siblings());
            known.addAll(WORDS);
            part.report()
                    .errorAtValue(
                            part.pointer(),
                            ProblemCode.UNKNOWN_TASK,
                            "Expected continue, exit, end, or the name of a task in the same list, but found \""
                                    + Part.shortened(name) + "\""
                                    + (part.report().taskNames().contains(name)
                                            ? ", a task of another list"
                                            : NearMiss.hint(name, known)));
        }
        return new Directive.Goto(name);
    }
}
