package io.orquestrax.dsl.expression.jq;

import java.time.Instant;

/** What one evaluation may use up, and the moment that it takes place in. */
final class Budget {
    /** Values that a program may produce on its way, its results included. */
    static final int MAX_STEPS = 1_000_000;
    /** Calls inside each other: far fewer than the smallest stack has room for. */
    static final int MAX_DEPTH = 300;
    /** Longest string, and most members or items, that an operator may make. */
    static final int MAX_SIZE = 16 * 1024 * 1024;

    static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    private final Instant now;
    private int steps;
    private int depth;

    Budget(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    static void step() {
        Budget budget = CURRENT.get();
        budget.steps++;
        if (budget.steps > MAX_STEPS) {
            throw new LimitException("it took more than " + MAX_STEPS + " steps");
        }
    }

    void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new LimitException("its functions call each other more than " + MAX_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    static void checkSize(long size) {
        if (size > MAX_SIZE) {
            throw new LimitException("it made a value of more than " + MAX_SIZE + " characters or items");
        }
    }
}
