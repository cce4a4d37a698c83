package io.orquestrax.dsl.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import io.orquestrax.dsl.expression.Effort;
import java.time.Duration;
import java.util.Locale;

/** One check of a value, which ends when it has taken too much: a few references can make it longer than anybody waits. */
final class BoundedExecution extends ExecutionContext {
    /** Keywords that are applied, and what {@link #work} counts beside them. */
    static final int MAX_STEPS = 1_000_000;
    /** Looked at only every so many steps, so that a harmless check never meets it. */
    static final Duration MAX_TIME = Duration.ofMillis(600);
    /** A violation is put into words, and kept. */
    private static final int STEPS_OF_A_VIOLATION = 10;
    /** Characters that a pattern looks at for one step. */
    private static final int WORK_OF_A_STEP = 32;

    private static final int STEPS_BETWEEN_LOOKS = 10_000;
    private static final ScopedValue<BoundedExecution> CURRENT = ScopedValue.newInstance();

    private final Effort effort;
    private final long maxSteps;
    private final long startedNanos = System.nanoTime();
    private long steps;
    private long nextLook;
    private int unpaidWork;

    BoundedExecution(Effort effort) {
        super(ExecutionConfig.builder().locale(Locale.ENGLISH).build());
        this.effort = effort;
        this.maxSteps = Math.min(MAX_STEPS, effort.left());
        this.nextLook = Math.min(STEPS_BETWEEN_LOOKS, maxSteps + 1);
    }

    /**
     * @throws TooMuchException if a limit is passed
     */
    void run(Runnable check) {
        try {
            ScopedValue.where(CURRENT, this).run(check);
        } finally {
            effort.spend(steps);
        }
    }

    /** Accounts for a character that a pattern looks at, where it is one of a check. */
    static void countCharacter() {
        if (CURRENT.isBound()) {
            CURRENT.get().work();
        }
    }

    @Override
    public void evaluationPathAddLast(String keyword) {
        spend(1);
        super.evaluationPathAddLast(keyword);
    }

    @Override
    public void addError(Error error) {
        spend(STEPS_OF_A_VIOLATION);
        super.addError(error);
    }

    private void work() {
        unpaidWork++;
        if (unpaidWork >= WORK_OF_A_STEP) {
            unpaidWork = 0;
            spend(1);
        }
    }

    private void spend(int more) {
        steps += more;
        if (steps >= nextLook) {
            look();
        }
    }

    private void look() {
        if (steps > MAX_STEPS) {
            throw new TooMuchException("it took more than " + MAX_STEPS + " steps");
        }
        if (steps > maxSteps) {
            throw new TooMuchException(
                    "the expressions and schemas of its task took more than " + Effort.MAX_OF_A_TASK + " steps");
        }
        if (System.nanoTime() - startedNanos > MAX_TIME.toNanos()) {
            throw new TooMuchException("it took more than " + MAX_TIME.toMillis() + " ms");
        }
        nextLook = Math.min(steps + STEPS_BETWEEN_LOOKS, maxSteps + 1);
    }

    /** A limit was passed. */
    static final class TooMuchException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message, null, false, false);
        }
    }
}
