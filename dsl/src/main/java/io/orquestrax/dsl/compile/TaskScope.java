package io.orquestrax.dsl.compile;

import java.util.Set;

/**
 * What a task sees of its surroundings.
 *
 * @param names the variables
 * @param siblings the names of the tasks in its list, itself included
 * @param isBranch whether the tasks of the list run beside each other
 */
record TaskScope(VisibleNames names, Set<String> siblings, boolean isBranch) {

    TaskScope {
        siblings = Set.copyOf(siblings);
    }
}
