package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The extensions of a document, and how they are put around its tasks (DSL reference, Extension). */
final class Extensions {
    static final Extensions NONE = new Extensions(List.of());

    private static final String EXPECTED = "a list of extensions, each an object with one name";
    private static final List<String> KINDS = List.of(
            "call", "composite", "emit", "for", "listen", "raise", "run", "set", "switch", "try", "wait", "all");
    private static final Set<String> ALL =
            Set.of("call", "do", "fork", "emit", "for", "listen", "raise", "run", "set", "switch", "try", "wait");
    private static final Set<String> COMPOSITE = Set.of("do", "fork");
    /** Extensions of one task run inside of each other. */
    private static final int MAX_EXTENSIONS = 50;

    private static final int MAX_EXTENDED = 100_000;

    private final List<Extension> extensions;
    private int extended;

    private Extensions(List<Extension> extensions) {
        this.extensions = List.copyOf(extensions);
    }

    /**
     * @param lists reads the lists of the extensions, whose tasks are not extended themselves
     */
    static Extensions read(Optional<Part> part, Expressions expressions, TaskLists lists) {
        if (part.isEmpty()) {
            return NONE;
        }
        List<Part> items = part.get().items(EXPECTED);
        if (items.size() > MAX_EXTENSIONS) {
            part.get().invalid("Expected at most " + MAX_EXTENSIONS + " extensions, but found " + items.size());
            return NONE;
        }
        List<Extension> extensions = new ArrayList<>();
        Set<String> earlier = new HashSet<>();
        for (Part item : items) {
            extension(item, earlier, expressions, lists).ifPresent(extensions::add);
        }
        return new Extensions(extensions);
    }

    private static Optional<Extension> extension(
            Part item, Set<String> earlier, Expressions expressions, TaskLists lists) {
        Fields named = item.fields("an extension: an object with one name");
        if (named.names().size() != 1) {
            if (named.isReadable()) {
                item.invalid("Expected one extension in each item of the list, but found "
                        + named.names().size());
            }
            return Optional.empty();
        }
        String name = named.names().getFirst();
        Part part = item.member(name);
        if (!earlier.add(name)) {
            part.report()
                    .errorAtKey(
                            part.pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected each extension once, but \"" + Part.shortened(name) + "\" stands here again");
        }
        Fields fields = part.fields("an object with extend, and before or after");
        Set<String> kinds = fields.required("extend", "which says what tasks it extends")
                .flatMap(each -> each.word(KINDS))
                .map(Extensions::kinds)
                .orElse(Set.of());
        Optional<Expression> when =
                fields.optional("when").map(each -> expressions.always(each, VisibleNames.NONE, Moment.BEFORE_INPUT));
        TaskList before = list(fields, "before", lists);
        TaskList after = list(fields, "after", lists);
        fields.finish();
        return Optional.of(new Extension(part, kinds, when.orElse(null), before, after));
    }

    private static Set<String> kinds(String extend) {
        return switch (extend) {
            case "all" -> ALL;
            case "composite" -> COMPOSITE;
            default -> Set.of(extend);
        };
    }

    private static TaskList list(Fields fields, String name, TaskLists lists) {
        return fields.optional(name)
                .map(each -> lists.read(each, VisibleNames.NONE))
                .orElse(new TaskList(fields.part().pointer() + "/" + name, List.of()));
    }

    boolean change(String kind) {
        return extensions.stream().anyMatch(each -> each.changes(kind));
    }

    /** As the innermost, in a list of its own: where the flow goes from there is for the outermost to say. */
    static TaskCommon inside(TaskCommon common) {
        return new TaskCommon(
                common.name(),
                common.pointer(),
                0,
                common.condition(),
                common.input(),
                common.output(),
                common.export(),
                common.timeout(),
                Directive.CONTINUE,
                common.definition());
    }

    /**
     * The task with all extensions of its kind around it, the first that is declared outermost.
     *
     * @param task as {@link #inside} made it
     * @param common as it would be without extensions
     */
    Task around(Task task, TaskCommon common, String kind) {
        List<Extension> applied =
                extensions.stream().filter(each -> each.changes(kind)).toList();
        Task result = task;
        for (Extension extension : applied.reversed()) {
            boolean isOutermost = extension == applied.getFirst();
            result = around(result, wrapper(common, extension, isOutermost), extension);
        }
        return result;
    }

    private Task around(Task task, TaskCommon wrapper, Extension extension) {
        if (extended++ == MAX_EXTENDED) {
            extension
                    .part()
                    .report()
                    .errorAtKey(
                            extension.part().pointer(),
                            ProblemCode.TOO_LARGE,
                            "Expected at most " + MAX_EXTENDED + " tasks with an extension, but found more");
        }
        if (extended > MAX_EXTENDED) {
            return task;
        }
        TaskList inner = new TaskList(wrapper.pointer(), List.of(task));
        return new ExtendedTask(wrapper, extension.when(), extension.before(), inner, extension.after());
    }

    private static TaskCommon wrapper(TaskCommon common, Extension extension, boolean isOutermost) {
        return new TaskCommon(
                common.name(),
                extension.part().pointer() + common.pointer(),
                isOutermost ? common.indexInList() : 0,
                null,
                InputSpec.NONE,
                OutputSpec.NONE,
                ExportSpec.NONE,
                null,
                isOutermost ? common.then() : Directive.CONTINUE,
                common.definition());
    }
}
