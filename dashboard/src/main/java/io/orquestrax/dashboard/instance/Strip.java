package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Icon;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.engine.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outermost list of the definition, and how far the instance is in it. */
public record Strip(List<Node> nodes) {
    /** Of an instance whose history is too long to count its visits. */
    public static final Strip NONE = new Strip(List.of());

    private static final int LONGEST = 40;

    public Strip {
        nodes = List.copyOf(nodes);
    }

    /**
     * One task.
     *
     * @param mark of its last activation; null where the instance has not been there
     * @param count how often it was there
     * @param href of the step; null where the instance has not been there
     */
    public record Node(
            String name,
            String kind,
            @Nullable Mark mark,
            int count,
            @Nullable String href) {

        public Icon icon() {
            return TaskIcon.of(kind);
        }
    }

    /** Empty for a list too long to be read as a strip. */
    public static Strip of(TaskList tasks, List<Activation> activations) {
        if (tasks.tasks().size() > LONGEST) {
            return NONE;
        }
        List<Node> nodes = new ArrayList<>();
        for (Task task : tasks.tasks()) {
            List<Activation> visits = activations.stream()
                    .filter(activation -> activation.task().equals(task.pointer()))
                    .toList();
            nodes.add(
                    visits.isEmpty()
                            ? new Node(task.name(), task.kind(), null, 0, null)
                            : new Node(
                                    task.name(),
                                    task.kind(),
                                    Mark.of(visits.getLast().state()),
                                    visits.size(),
                                    "#step-" + visits.getLast().activation()));
        }
        return new Strip(nodes);
    }
}
