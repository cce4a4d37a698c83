package io.orquestrax.dsl.compile;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The variables that an expression can name, without the dollar sign: those of its place (DSL reference, Runtime
 * expressions, arguments) and those that the tasks around it define.
 */
record VisibleNames(Set<String> defined) {
    static final VisibleNames NONE = new VisibleNames(Set.of());

    /** Where in the life of a task or workflow an expression is evaluated. */
    enum Moment {
        WORKFLOW_INPUT("workflow", "runtime"),
        WORKFLOW_OUTPUT("context", "workflow", "runtime"),
        BEFORE_INPUT("context", "task", "workflow", "runtime"),
        DEFINITION("context", "input", "task", "workflow", "runtime"),
        /** Before anything runs, where the result goes to a connector. */
        DEPLOYMENT("secrets"),
        /** Where the result goes to a connector, and to no other place. */
        CONNECTOR("context", "input", "task", "workflow", "runtime", "secrets"),
        /** The same where the credentials of the call are known already. */
        AUTHORIZED_CALL("context", "input", "task", "workflow", "runtime", "secrets", "authorization"),
        /** On an event alone: it may come at any time, and to many instances at once. */
        EVENT(),
        EXPORT("context", "input", "output", "task", "workflow", "runtime");

        private final List<String> names;

        Moment(String... names) {
            this.names = List.of(names);
        }
    }

    VisibleNames {
        defined = Set.copyOf(defined);
    }

    VisibleNames with(String name) {
        Set<String> extended = new HashSet<>(defined);
        extended.add(name);
        return new VisibleNames(extended);
    }

    Set<String> at(Moment moment) {
        Set<String> visible = new LinkedHashSet<>(moment.names);
        visible.addAll(defined);
        return visible;
    }
}
