package io.orquestrax.dsl.plan;

/** Where the flow goes after a task. */
public sealed interface Directive {

    /** To the next task in the list, or out of the list after the last. */
    record Continue() implements Directive {}

    /** Out of the list: completes the task that owns it. */
    record Exit() implements Directive {}

    /** Completes the whole workflow with the task's output. */
    record End() implements Directive {}

    /** To the task of this name in the same list. */
    record Goto(String name) implements Directive {}

    Directive CONTINUE = new Continue();
    Directive EXIT = new Exit();
    Directive END = new End();
}
