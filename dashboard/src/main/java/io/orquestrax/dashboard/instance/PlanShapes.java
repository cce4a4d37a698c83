package io.orquestrax.dashboard.instance;

import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.instance.InstanceRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outermost lists of definitions, kept by the hash of their content. */
final class PlanShapes {
    private static final int KEPT = 200;
    private static final TaskList NOTHING = new TaskList("/do", List.of());

    private final Orchestration orchestration;
    private final DocumentCompiler compiler = new DocumentCompiler();
    private final Map<String, TaskList> shapes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TaskList> eldest) {
            return size() > KEPT;
        }
    };

    PlanShapes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    /** Empty where the definition cannot be read any more; the steps are listed all the same. */
    TaskList of(Caller caller, InstanceRow row) {
        synchronized (shapes) {
            TaskList known = shapes.get(row.contentHash());
            if (known != null) {
                return known;
            }
        }
        TaskList shape = read(caller, row);
        synchronized (shapes) {
            shapes.put(row.contentHash(), shape);
        }
        return shape;
    }

    private TaskList read(Caller caller, InstanceRow row) {
        try {
            Compilation compilation = compiler.compile(
                    orchestration.definition(caller, row.definition()).source());
            return compilation.plan().map(Plan::tasks).orElse(NOTHING);
        } catch (ServiceException notThere) {
            return NOTHING;
        }
    }
}
