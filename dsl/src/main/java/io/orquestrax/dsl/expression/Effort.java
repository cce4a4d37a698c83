package io.orquestrax.dsl.expression;

/**
 * What the evaluations of one piece of work have cost together, in steps of a program: many expressions, each within its
 * own limits, must not keep a thread as long as one without limits could. For one thread.
 */
public final class Effort {
    /** Of all that one task evaluates: its expressions and its schemas. */
    public static final int MAX_OF_A_TASK = 2_000_000;

    private long total;
    private long ofTask;

    /** What comes from now on belongs to another task. */
    public void beginTask() {
        ofTask = 0;
    }

    public void spend(long steps) {
        total += steps;
        ofTask += steps;
    }

    /** Of all tasks. */
    public long total() {
        return total;
    }

    /** What the task may still spend. */
    public long left() {
        return Math.max(0, MAX_OF_A_TASK - ofTask);
    }
}
