package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.plan.TaskList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs before and after tasks of some kinds.
 *
 * @param part where it is defined
 * @param kinds the keys of the kinds of tasks that it extends
 * @param when absent where it always applies
 */
record Extension(Part part, Set<String> kinds, @Nullable Expression when, TaskList before, TaskList after) {

    Extension {
        kinds = Set.copyOf(kinds);
    }

    boolean changes(String kind) {
        return kinds.contains(kind)
                && !(before.tasks().isEmpty() && after.tasks().isEmpty());
    }
}
