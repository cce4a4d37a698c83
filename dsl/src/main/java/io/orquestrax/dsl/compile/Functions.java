package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskList;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the functions of {@code use.functions}, each once, when it is first called. */
final class Functions {
    static final String POINTER = "/use/functions";
    /** Functions that call each other stand inside of each other when they run. */
    private static final int MAX_DEPTH = 50;

    private final Definitions definitions;
    private final Map<String, TaskList> bodies = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Functions(Definitions definitions) {
        this.definitions = definitions;
    }

    boolean has(String name) {
        return definitions.has(Section.FUNCTIONS, name);
    }

    Collection<String> names() {
        return definitions.names(Section.FUNCTIONS);
    }

    /**
     * The body of a function; an empty list where it calls itself, which is recorded.
     *
     * @param call the name, where it is called
     * @param tasks of the first caller: what an extension calls is not extended
     */
    TaskList body(Part call, String name, TaskReader tasks) {
        Optional<Part> part = definitions.use(Section.FUNCTIONS, name);
        TaskList known = bodies.get(name);
        if (known != null || part.isEmpty()) {
            return known == null ? new TaskList(POINTER, List.of()) : known;
        }
        if (open.contains(name)) {
            refuse(
                    call,
                    "Expected functions that end, but \"" + Part.shortened(name) + "\" calls itself"
                            + (open.size() == 1 ? "" : " through others"));
            return new TaskList(POINTER, List.of());
        }
        if (open.size() >= MAX_DEPTH) {
            refuse(call, "Expected at most " + MAX_DEPTH + " functions that call each other, but found more");
            return new TaskList(POINTER, List.of());
        }
        return compiled(part.get(), name, tasks);
    }

    /** Those that nothing calls are judged too. */
    void compileUnused(TaskReader tasks) {
        for (Part part : definitions.unused(Section.FUNCTIONS)) {
            String name = part.pointer().substring(POINTER.length() + 1);
            String unescaped = name.replace("~1", "/").replace("~0", "~");
            if (!bodies.containsKey(unescaped)) {
                compiled(part, unescaped, tasks);
            }
        }
    }

    private TaskList compiled(Part part, String name, TaskReader tasks) {
        if (CallKind.isProtocol(name)) {
            part.report()
                    .errorAtKey(
                            part.pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected the name of a function that is no protocol's, but found \"" + name + "\"");
        }
        open.push(name);
        Optional<Task> body = tasks.read(part, name, 0, new TaskScope(VisibleNames.NONE, Set.of(), false));
        open.pop();
        TaskList list = new TaskList(POINTER, body.map(List::of).orElse(List.of()));
        bodies.put(name, list);
        return list;
    }

    private static void refuse(Part call, String message) {
        call.report().errorAtValue(call.pointer(), ProblemCode.RECURSIVE_FUNCTION, message);
    }
}
