package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.ExternalResources.UnavailableException;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.source.Pointers;
import io.orquestrax.dsl.source.SourceDocument;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles the functions of {@code use.functions}, of catalogs and at URLs, each once, when it is first called. One from
 * outside is compiled as if it stood in {@code use.functions} by the name that it is called by.
 */
final class Functions {
    static final String POINTER = "/use/functions";
    /** Functions that call each other stand inside of each other when they run. */
    private static final int MAX_DEPTH = 50;

    /** From outside, of one document. */
    private static final int MAX_OUTSIDE = 100;

    private final Definitions definitions;
    private final Catalogs catalogs;
    private final ExternalResources resources;
    private int outside;
    private final Map<String, TaskList> bodies = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Functions(Definitions definitions, Authentications authentications, ExternalResources resources) {
        this.definitions = definitions;
        this.catalogs = new Catalogs(definitions, authentications);
        this.resources = resources;
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
        if (known != null) {
            return known;
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
        return part.isPresent() ? compiled(part.get(), name, tasks) : fromOutside(call, name, tasks);
    }

    private TaskList fromOutside(Part call, String name, TaskReader tasks) {
        TaskList nothing = new TaskList(POINTER, List.of());
        outside++;
        if (outside > MAX_OUTSIDE) {
            call.invalid("Expected at most " + MAX_OUTSIDE + " functions from outside of the document, but found more");
            return nothing;
        }
        Optional<FixedPlace> place = catalogs.find(call, name);
        if (place.isEmpty()) {
            return nothing;
        }
        try {
            Optional<JsonNode> function = place.get().look(resources);
            if (function.isEmpty()) {
                return nothing;
            }
            Report itsOwn = new Report(SourceDocument.withoutText(function.get()));
            Part part = new Part(itsOwn, Pointers.member(POINTER, name), function.get());
            TaskList body = compiled(part, name, tasks);
            call.report().adopt(itsOwn, call, place.get().uri().toString(), part.pointer());
            return body;
        } catch (UnavailableException unavailable) {
            call.report()
                    .errorAtValue(
                            call.pointer(),
                            ProblemCode.UNAVAILABLE_RESOURCE,
                            "Expected a function at " + place.get().uri() + ", but " + unavailable.getMessage());
            return nothing;
        }
    }

    /** Those that nothing calls are judged too. */
    void compileUnused(TaskReader tasks) {
        catalogs.check();
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
