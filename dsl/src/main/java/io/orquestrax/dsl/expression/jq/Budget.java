package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Effort;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What one evaluation may use up, and the moment that it takes place in. */
final class Budget {
    /** Values that a program may produce on its way, its results included, and {@link #work} beside them. */
    static final int MAX_STEPS = 1_000_000;
    /** Items or characters that are looked at or copied for one step. */
    static final int WORK_OF_A_STEP = 32;
    /** Calls and pipes inside each other: fewer than the smallest stack has room for. */
    static final int MAX_DEPTH = 600;
    /** Longest string, and most members or items, that an operator may make. */
    static final int MAX_SIZE = 16 * 1024 * 1024;
    /** All searches for regular expressions: long enough that a busy machine does not fail a harmless one. */
    static final Duration MAX_MATCHING = Duration.ofMillis(500);
    /** The whole evaluation; looked at only every so many steps, so that a harmless one never meets it. */
    static final Duration MAX_TIME = Duration.ofMillis(600);

    private static final int STEPS_BETWEEN_LOOKS = 10_000;
    /** What a step costs about, so that searching counts too. */
    private static final long NANOS_OF_A_STEP = 500;

    private final Instant now;
    private final long startedNanos = System.nanoTime();
    private long steps;
    private final long maxSteps;
    private long nextLook;
    private long unpaidWork;
    private int depth;
    private final long maxMatchingNanos;
    private long matchingNanosLeft;
    private final Map<String, RegularExpression> expressions = new HashMap<>();

    /**
     * @param left what the task may still spend of which this is one evaluation
     */
    Budget(Instant now, long left) {
        this.now = now;
        this.maxSteps = Math.min(MAX_STEPS, left);
        this.nextLook = Math.min(STEPS_BETWEEN_LOOKS, maxSteps + 1);
        this.maxMatchingNanos = Math.min(MAX_MATCHING.toNanos(), left * NANOS_OF_A_STEP);
        this.matchingNanosLeft = maxMatchingNanos;
    }

    /** In steps, what was searched included. */
    long cost() {
        return steps + (maxMatchingNanos - matchingNanosLeft) / NANOS_OF_A_STEP;
    }

    Instant now() {
        return now;
    }

    long steps() {
        return steps;
    }

    int depth() {
        return depth;
    }

    void step() {
        spend(1);
    }

    private void spend(long more) {
        steps += more;
        if (steps >= nextLook) {
            look();
        }
    }

    private void look() {
        if (steps > MAX_STEPS) {
            throw new LimitException("it took more than " + MAX_STEPS + " steps");
        }
        if (steps > maxSteps) {
            throw new LimitException(
                    "the expressions and schemas of its task took more than " + Effort.MAX_OF_A_TASK + " steps");
        }
        nextLook = Math.min(steps + STEPS_BETWEEN_LOOKS, maxSteps + 1L);
        if (System.nanoTime() - startedNanos > MAX_TIME.toNanos()) {
            throw new LimitException("it took more than " + MAX_TIME.toMillis() + " ms");
        }
    }

    /** Accounts for items or characters that are looked at or copied. */
    void work(long units) {
        unpaidWork += units;
        if (unpaidWork >= WORK_OF_A_STEP) {
            spend(unpaidWork / WORK_OF_A_STEP);
            unpaidWork %= WORK_OF_A_STEP;
        }
    }

    /** Accounts for a value of so many characters, members or items before it is made. */
    void make(long size) {
        if (size > MAX_SIZE) {
            throw new LimitException("it made a value of more than " + MAX_SIZE + " characters or items");
        }
        work(size);
    }

    /** Accounts for what a text or a list that is put together gets longer by. */
    void lengthenText(long length, long more) {
        if (length + more > MAX_SIZE) {
            make(length + more);
        }
        work(more);
    }

    /** Accounts for a copy of a container. */
    void copy(JsonNode container) {
        work(container.isObject() ? 4L * container.size() : container.size());
    }

    /** Accounts for an array that is filled up to the index where it is written to; none or a negative number is free. */
    void lengthen(double items) {
        if (items > MAX_STEPS) {
            throw new LimitException("it made an array longer by more than " + MAX_STEPS + " items at once");
        }
        spend(Math.max(0, (int) items));
    }

    /** Those that were compiled in this evaluation. */
    Map<String, RegularExpression> expressions() {
        return expressions;
    }

    long matchingNanosLeft() {
        return matchingNanosLeft;
    }

    void spendMatching(long nanos) {
        matchingNanosLeft = Math.max(0, matchingNanosLeft - nanos);
    }

    static LimitException matchingTooLong() {
        return new LimitException("its regular expressions did not match within " + MAX_MATCHING.toMillis() + " ms");
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

    /** Back to where an exception was caught that passed calls and pipes. */
    void leaveTo(int former) {
        depth = former;
    }
}
