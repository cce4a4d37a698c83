package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.source.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads lists of tasks, in which every item is an object of one name. */
final class TaskLists {
    static final String EXPECTED = "a list of tasks, each an object with one name";

    private final TaskReader tasks;

    TaskLists(Readers readers, Extensions extensions) {
        this.tasks = new TaskReader(readers, this, extensions);
    }

    /** What reads the tasks of the lists. */
    TaskReader tasks() {
        return tasks;
    }

    /** Where an author gave no list. */
    static TaskList none(TaskCommon owner, String property) {
        return new TaskList(owner.pointer() + "/" + property, List.of());
    }

    TaskList read(Part part, VisibleNames names) {
        Set<String> siblings = new LinkedHashSet<>();
        List<Task> read = tasks(part, names, siblings, false);
        if (read.size() == part.value().size()
                && siblings.size() == part.value().size()) {
            Reachability.warn(part, read);
        }
        return new TaskList(part.pointer(), read);
    }

    /** Tasks that run beside each other: no flow leads from one to another. */
    TaskList branches(Part part, VisibleNames names) {
        return new TaskList(part.pointer(), tasks(part, names, new LinkedHashSet<>(), true));
    }

    private List<Task> tasks(Part part, VisibleNames names, Set<String> siblings, boolean areBranches) {
        if (part.value().isObject()) {
            part.wrongType(EXPECTED, part.value().isEmpty() ? "" : "; write \"- \" in front of each name");
            return List.of();
        }
        List<Part> items = part.items(EXPECTED);
        for (Part item : items) {
            for (String name : isFlat(item) ? names(item).subList(0, 1) : names(item)) {
                checkName(item, name, siblings);
                siblings.add(name);
            }
        }
        TaskScope scope = new TaskScope(names, siblings, areBranches);
        List<Task> read = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            item(items.get(index), index, scope).ifPresent(read::add);
        }
        return read;
    }

    private Optional<Task> item(Part item, int index, TaskScope scope) {
        Fields named = item.fields("a task: an object with one name");
        List<String> names = named.names();
        if (!named.isReadable()) {
            return Optional.empty();
        }
        if (isFlat(item)) {
            String beside = names.get(1);
            item.report()
                    .errorAtKey(
                            Pointers.member(item.pointer(), beside),
                            ProblemCode.ONE_TASK_PER_ITEM,
                            "Expected \"" + beside + "\" inside of the task \"" + Part.shortened(names.getFirst())
                                    + "\", but it stands beside it; indent it further");
            return Optional.empty();
        }
        if (names.size() != 1) {
            String found = names.isEmpty() ? "none" : names.size() + ": " + Part.shortened(String.join(", ", names));
            String pointer = names.size() < 2 ? item.pointer() : Pointers.member(item.pointer(), names.get(1));
            item.report()
                    .errorAtKey(
                            pointer,
                            ProblemCode.ONE_TASK_PER_ITEM,
                            "Expected one task in each item of the list, but found " + found);
        }
        Optional<Task> last = Optional.empty();
        for (String name : names) {
            last = tasks.read(item.member(name), name, index, scope);
        }
        return names.size() == 1 ? last : Optional.empty();
    }

    /** Whether what belongs inside of the task stands beside its name, which has nothing then. */
    private boolean isFlat(Part item) {
        List<String> names = names(item);
        return names.size() > 1
                && item.value().path(names.getFirst()).isNull()
                && names.stream().skip(1).allMatch(tasks::isOfTasks);
    }

    private static List<String> names(Part item) {
        List<String> names = new ArrayList<>();
        item.value().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void checkName(Part item, String name, Set<String> earlier) {
        String pointer = Pointers.member(item.pointer(), name);
        if (name.isBlank()) {
            item.report().errorAtKey(pointer, ProblemCode.INVALID_VALUE, "Expected a name, but found a blank text");
        } else if (earlier.contains(name)) {
            item.report()
                    .errorAtKey(
                            pointer,
                            ProblemCode.DUPLICATE_TASK_NAME,
                            "Expected each name once in a list, but \"" + Part.shortened(name)
                                    + "\" stands here again");
        } else if (Directives.WORDS.contains(name)) {
            item.report()
                    .warningAtKey(
                            pointer,
                            ProblemCode.RESERVED_NAME,
                            "Expected a name other than continue, exit and end, but found \"" + name
                                    + "\": no \"then\" can lead here");
        }
    }
}
