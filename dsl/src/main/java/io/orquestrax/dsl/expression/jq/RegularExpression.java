package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.Option;
import org.jspecify.annotations.Nullable;

/** A regular expression whose searches end with the time that an evaluation has for them. */
final class RegularExpression {
    private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();

    private final OnigUtils.Pattern pattern;

    /** What to do with a match; the matcher shows it until the next one. */
    interface Visitor {
        void visit(Matcher match);
    }

    RegularExpression(JsonNode source, JsonNode flags) throws JsonQueryException {
        pattern = new OnigUtils.Pattern(source.textValue(), flags.isNull() ? null : flags.textValue());
    }

    /** Of a group that has none, null. */
    @Nullable
    String groupName(int group) {
        return pattern.names[group];
    }

    boolean isFoundIn(byte[] text) {
        boolean[] found = {false};
        search(text, false, match -> found[0] = true);
        return found[0];
    }

    /** Visits the first match, or all of them where the flags say so. */
    void visitMatches(byte[] text, Visitor visitor) {
        search(text, pattern.global, visitor);
    }

    private void search(byte[] text, boolean isGlobal, Visitor visitor) {
        Budget budget = Budget.CURRENT.get();
        Matcher matcher = pattern.regex.matcher(text);
        long startedNanos = System.nanoTime();
        // Joni's own time limit is not asked for where a search tries many places, each for a short time.
        Future<?> watch = WATCHDOG.schedule(matcher::interrupt, budget.matchingNanosLeft(), TimeUnit.NANOSECONDS);
        try {
            int offset = 0;
            do {
                if (!isFound(matcher, offset, text.length)) {
                    return;
                }
                Budget.step();
                visitor.visit(matcher);
                offset = matcher.getEnd() == matcher.getBegin()
                        ? afterCharacter(text, matcher.getEnd())
                        : matcher.getEnd();
            } while (isGlobal && offset < text.length);
        } finally {
            watch.cancel(false);
            budget.spendMatching(System.nanoTime() - startedNanos);
        }
    }

    private static boolean isFound(Matcher matcher, int offset, int end) {
        boolean wasInterrupted = Thread.currentThread().isInterrupted();
        int found = matcher.search(offset, end, Option.NONE);
        if (found == Matcher.INTERRUPTED) {
            // An interrupted matcher clears the flag of its thread, which is for others to see.
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
            throw Budget.matchingTooLong();
        }
        return found >= 0;
    }

    private static int afterCharacter(byte[] text, int offset) {
        return offset < text.length ? offset + UTF8Encoding.INSTANCE.length(text, offset, text.length) : offset + 1;
    }

    private static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("regular-expressions").factory());
        watchdog.setRemoveOnCancelPolicy(true);
        return watchdog;
    }
}
