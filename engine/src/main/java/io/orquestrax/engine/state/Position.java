package io.orquestrax.engine.state;

import io.orquestrax.dsl.plan.Directive;

/** Where the flow stands in a list of tasks. */
public sealed interface Position {

    /** Before the first task. */
    record AtStart() implements Position {}

    /** Before this task, which is to run (again). */
    record Before(String task) implements Position {}

    /** Inside the task of this activation. */
    record Inside(long activation) implements Position {}

    /** This task is over, and the flow goes where it directs. */
    record After(String task, Directive then) implements Position {}

    /** Whether there is something to do without waiting for anybody. */
    default boolean isReady() {
        return !(this instanceof Inside);
    }
}
