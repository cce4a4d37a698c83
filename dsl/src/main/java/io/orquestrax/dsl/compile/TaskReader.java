package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a task: what all tasks have in common, and then what its kind has, which its key tells. */
final class TaskReader {
    private static final List<String> COMMON =
            List.of("if", "input", "output", "export", "timeout", "then", "metadata");

    private static final List<String> OF_SOME_KINDS = List.of("with", "catch", "while", "foreach");

    /** What other languages call it. */
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("parallel", "fork"),
            Map.entry("branches", "fork"),
            Map.entry("sleep", "wait"),
            Map.entry("delay", "wait"),
            Map.entry("assign", "set"),
            Map.entry("throw", "raise"),
            Map.entry("error", "raise"),
            Map.entry("publish", "emit"),
            Map.entry("foreach", "for"),
            Map.entry("loop", "for"),
            Map.entry("while", "for"),
            Map.entry("catch", "try"),
            Map.entry("workflow", "run"),
            Map.entry("script", "run"),
            Map.entry("shell", "run"),
            Map.entry("container", "run"),
            Map.entry("http", "call"),
            Map.entry("function", "call"),
            Map.entry("with", "call"),
            Map.entry("steps", "do"),
            Map.entry("tasks", "do"),
            Map.entry("choice", "switch"),
            Map.entry("case", "switch"));

    private final Readers readers;
    private final Extensions extensions;
    private final Map<String, TaskKind> kinds = new LinkedHashMap<>();

    TaskReader(Readers readers, TaskLists lists, Extensions extensions) {
        this.readers = readers;
        this.extensions = extensions;
        Expressions expressions = readers.expressions();
        ForeachReader foreach = new ForeachReader(readers.dataFlow(), lists);
        List<TaskKind> all = List.of(
                new CallKind(expressions, readers.functions(), readers.connectors(), foreach, this),
                new DoKind(lists),
                new SetKind(expressions),
                new SwitchKind(expressions),
                new TryKind(expressions, readers.retries(), lists),
                new RaiseKind(readers.errors()),
                new WaitKind(readers.durations()),
                new ForKind(expressions, lists),
                new ForkKind(lists),
                new EmitKind(new EventAttributes(expressions)),
                new ListenKind(readers.strategies(), foreach),
                new RunKind(
                        expressions,
                        new ProcessRuns(expressions, readers.connectors().endpoints())));
        all.forEach(kind -> kinds.put(kind.key(), kind));
    }

    /** Empty where not even the kind can be told. */
    Optional<Task> read(Part part, String name, int index, TaskScope scope) {
        Fields fields = part.fields("a task, an object with one of " + String.join(", ", kinds.keySet()));
        if (!fields.isReadable()) {
            return Optional.empty();
        }
        Optional<TaskKind> kind = kind(fields);
        fields.belongUnder("input", "from");
        fields.belongUnder("output", "as");
        TaskCommon common = common(fields, name, index, scope);
        Optional<Task> task = kind.map(known -> task(known, fields, common, scope));
        if (kind.isPresent()) {
            fields.finish();
        }
        return task;
    }

    private Task task(TaskKind kind, Fields fields, TaskCommon common, TaskScope scope) {
        if (!extensions.change(kind.key())) {
            return kind.read(fields, common, scope);
        }
        return extensions.around(kind.read(fields, Extensions.inside(common), scope), common, kind.key());
    }

    private TaskCommon common(Fields fields, String name, int index, TaskScope scope) {
        VisibleNames names = scope.names();
        Optional<Expression> condition =
                fields.optional("if").map(each -> readers.expressions().always(each, names, Moment.BEFORE_INPUT));
        InputSpec input = readers.dataFlow().input(fields.optional("input"), names, Moment.BEFORE_INPUT);
        OutputSpec output = readers.dataFlow().output(fields.optional("output"), names, Moment.DEFINITION);
        ExportSpec export = readers.dataFlow().export(fields.optional("export"), names);
        Optional<DurationSpec> timeout =
                fields.optional("timeout").flatMap(each -> readers.timeouts().read(each, names, Moment.BEFORE_INPUT));
        Directive then = fields.optional("then")
                .map(each -> Directives.read(each, scope))
                .orElse(Directive.CONTINUE);
        fields.optional("metadata").ifPresent(each -> each.fields("an object"));
        return new TaskCommon(
                name,
                fields.part().pointer(),
                index,
                condition.orElse(null),
                input,
                output,
                export,
                timeout.orElse(null),
                then,
                fields.part().value());
    }

    private Optional<TaskKind> kind(Fields fields) {
        List<String> found = fields.names().stream()
                .filter(kinds::containsKey)
                .filter(key -> !(key.equals("do") && fields.has("for")))
                .toList();
        List<String> others = fields.names().stream()
                .filter(each -> !COMMON.contains(each) && !kinds.containsKey(each))
                .toList();
        if (found.isEmpty()) {
            unknownKind(fields, others.stream().findFirst());
            return Optional.empty();
        }
        if (found.equals(List.of("do"))) {
            // The list of a "for" whose own key is wrong.
            Optional<String> loop = others.stream()
                    .filter(each -> meant(each).equals(Optional.of("for")))
                    .findFirst();
            if (loop.isPresent()) {
                unknownKind(fields, loop);
                return Optional.empty();
            }
        }
        if (found.size() > 1) {
            Part second = fields.part().member(found.get(1));
            second.report()
                    .errorAtKey(
                            second.pointer(),
                            ProblemCode.AMBIGUOUS_TASK_KIND,
                            "Expected one kind of task, but found " + String.join(" and ", found)
                                    + "; make a task of each");
            return Optional.empty();
        }
        return Optional.ofNullable(kinds.get(found.getFirst()));
    }

    /** Whether the name is one that tasks have, so that it is hardly a task's own. */
    boolean isOfTasks(String name) {
        return kinds.containsKey(name) || COMMON.contains(name) || OF_SOME_KINDS.contains(name);
    }

    private Optional<String> meant(String found) {
        return Optional.ofNullable(OTHER_WORDS.get(found.toLowerCase(Locale.ROOT)))
                .or(() -> NearMiss.of(found, kinds.keySet()));
    }

    private void unknownKind(Fields fields, Optional<String> suspect) {
        Part place = suspect.map(fields.part()::member).orElse(fields.part());
        String found = suspect.map(each -> "\"" + Part.shortened(each) + "\"").orElse("none of them");
        String hint = suspect.flatMap(this::meant)
                .map(each -> "; did you mean \"" + each + "\"?")
                .orElse("");
        place.report()
                .errorAtKey(
                        place.pointer(),
                        ProblemCode.UNKNOWN_TASK_KIND,
                        "Expected one of " + String.join(", ", kinds.keySet()) + " to tell the kind of task, but found "
                                + found + hint);
    }
}
