package io.orquestrax.server.event;

import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InstanceState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks that are open in the course of a decision, and which of them it leaves without an end of their own. */
final class OpenTasks {
    private final Map<Long, OpenTask> open = new LinkedHashMap<>();
    private final Map<Long, Long> parents = new HashMap<>();
    /** Around a task that ended: they end with it, or go on. */
    private final Set<Long> around = new HashSet<>();

    record OpenTask(long activation, String task) {}

    OpenTasks(InstanceState before) {
        for (Frame frame : before.frames()) {
            if (frame.activation() != Frame.ROOT) {
                begin(frame.activation(), frame.parent(), frame.task());
            }
        }
    }

    void follow(Event.OfTask event) {
        if (event instanceof Event.Opening opening) {
            begin(opening.activation(), opening.parent(), opening.task());
        }
        if (event instanceof Event.TaskCompleted
                || event instanceof Event.TaskFaulted
                || event instanceof Event.TaskSkipped) {
            end(event.activation());
        }
    }

    Collection<OpenTask> all() {
        return open.values();
    }

    /** Those that are neither around a task that ended, nor have ended themselves. */
    List<OpenTask> left() {
        return open.values().stream()
                .filter(each -> !around.contains(each.activation()))
                .toList();
    }

    /** Of those, what the state does not have any more. */
    List<OpenTask> leftBy(InstanceState after) {
        return left().stream()
                .filter(each -> after.find(each.activation()).isEmpty())
                .toList();
    }

    private void begin(long activation, long parent, String task) {
        parents.put(activation, parent);
        open.put(activation, new OpenTask(activation, task));
    }

    private void end(long activation) {
        open.remove(activation);
        for (Long outer = parents.get(activation); outer != null && around.add(outer); ) {
            outer = parents.get(outer);
        }
    }
}
