package io.orquestrax.dsl.expression.jq;

import java.time.Duration;
import java.time.Instant;

/** What one evaluation may use up, and the moment that it takes place in. */
final class Budget {
    /** Values that a program may produce on its way, its results included. */
    static final int MAX_STEPS = 1_000_000;
    /** Calls inside each other: far fewer than the smallest stack has room for. */
    static final int MAX_DEPTH = 300;
    /** Longest string, and most members or items, that an operator may make. */
    static final int MAX_SIZE = 16 * 1024 * 1024;
    /** All searches for regular expressions: long enough that a busy machine does not fail a harmless one. */
    static final Duration MAX_MATCHING = Duration.ofMillis(500);

    static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    private final Instant now;
    private int steps;
    private int depth;
    private long matchingNanosLeft = MAX_MATCHING.toNanos();

    Budget(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    static void step() {
        CURRENT.get().spend(1);
    }

    private void spend(int more) {
        steps += more;
        if (steps > MAX_STEPS) {
            throw new LimitException("it took more than " + MAX_STEPS + " steps");
        }
    }

    /** Accounts for an array that is filled up to the index where it is written to; none or a negative number is free. */
    static void lengthen(double items) {
        if (items > MAX_STEPS) {
            throw new LimitException("it made an array longer by more than " + MAX_STEPS + " items at once");
        }
        CURRENT.get().spend(Math.max(0, (int) items));
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

    static void checkSize(long size) {
        if (size > MAX_SIZE) {
            throw new LimitException("it made a value of more than " + MAX_SIZE + " characters or items");
        }
    }
}
