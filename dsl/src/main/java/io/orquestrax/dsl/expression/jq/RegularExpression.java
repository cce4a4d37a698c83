package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.NameEntry;
import org.joni.Option;
import org.joni.Regex;
import org.joni.Syntax;
import org.joni.exception.JOniException;
import org.jspecify.annotations.Nullable;

/** A regular expression whose searches end with the time that an evaluation has for them. */
final class RegularExpression {
    private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();
    /** Longest expression, in UTF-16 units. */
    static final int MAX_LENGTH = 20_000;
    /** Of groups and classes in each other, each of which the library reads on the stack. */
    static final int MAX_NESTING = 100;

    private final Regex regex;
    private final boolean isGlobal;
    private final @Nullable String[] names;

    /** What to do with a match; the matcher shows it until the next one. */
    interface Visitor {
        void visit(Matcher match);
    }

    private RegularExpression(String source, String flags) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        try {
            regex = new Regex(
                    bytes,
                    0,
                    bytes.length,
                    options(flags) | Option.CAPTURE_GROUP,
                    UTF8Encoding.INSTANCE,
                    Syntax.PerlNG);
        } catch (JOniException | IndexOutOfBoundsException malformed) {
            throw new Failure(
                    Shown.brief(Json.NODES.textNode(source)) + " is not a valid regex: " + malformed.getMessage());
        }
        isGlobal = flags.contains("g");
        names = names(regex);
    }

    /**
     * @param flags letters, or null for none
     */
    static RegularExpression of(Budget budget, String name, JsonNode source, JsonNode flags) {
        if (!source.isTextual()) {
            throw new Failure(Shown.typed(source) + " cannot be matched, as it is not a string");
        }
        if (!flags.isTextual() && !flags.isNull()) {
            throw new Failure(Shown.typed(flags) + " is not a string, which the flags of " + name + " are");
        }
        String text = source.textValue();
        if (text.length() > MAX_LENGTH) {
            throw new LimitException("a regular expression has more than " + MAX_LENGTH + " characters");
        }
        if (nesting(text) > MAX_NESTING) {
            throw new LimitException("a regular expression has more than " + MAX_NESTING + " levels of groups");
        }
        budget.work(8L * text.length());
        String letters = flags.isNull() ? "" : flags.textValue();
        return budget.expressions().computeIfAbsent(letters + "/" + text, key -> new RegularExpression(text, letters));
    }

    private static int nesting(String text) {
        int most = 0;
        int open = 0;
        for (int index = 0; index < text.length(); index++) {
            switch (text.charAt(index)) {
                case '\\' -> index++;
                case '(', '[' -> open++;
                case ')', ']' -> open = Math.max(0, open - 1);
                default -> {
                    continue;
                }
            }
            most = Math.max(most, open);
        }
        return most;
    }

    private static int options(String flags) {
        int options = Option.NONE;
        for (int index = 0; index < flags.length(); index++) {
            options |= switch (flags.charAt(index)) {
                case 'g' -> Option.NONE;
                case 'i' -> Option.IGNORECASE;
                case 'x' -> Option.EXTEND;
                case 's' -> Option.SINGLELINE;
                case 'n' -> Option.FIND_NOT_EMPTY;
                case 'p' -> Option.MULTILINE | Option.SINGLELINE;
                case 'l' -> Option.FIND_LONGEST;
                default -> throw new Failure(flags + " is not a valid modifier string");
            };
        }
        return options;
    }

    private static @Nullable String[] names(Regex regex) {
        @Nullable String[] names = new @Nullable String[regex.numberOfCaptures() + 1];
        if (regex.numberOfNames() > 0) {
            for (Iterator<NameEntry> entries = regex.namedBackrefIterator(); entries.hasNext(); ) {
                NameEntry entry = entries.next();
                String name = new String(entry.name, entry.nameP, entry.nameEnd - entry.nameP, StandardCharsets.UTF_8);
                for (int group : entry.getBackRefs()) {
                    names[group] = name;
                }
            }
        }
        return names;
    }

    /** Of a group that has none, null. */
    @Nullable
    String groupName(int group) {
        return names[group];
    }

    boolean isFoundIn(Budget budget, byte[] text) {
        boolean[] found = {false};
        search(budget, text, false, match -> found[0] = true);
        return found[0];
    }

    /** Visits the first match, or all of them where the flags say so. */
    void visitMatches(Budget budget, byte[] text, Visitor visitor) {
        search(budget, text, isGlobal, visitor);
    }

    private void search(Budget budget, byte[] text, boolean all, Visitor visitor) {
        Matcher matcher = regex.matcher(text);
        long startedNanos = System.nanoTime();
        // Joni's own time limit is not asked for where a search tries many places, each for a short time.
        Future<?> watch = WATCHDOG.schedule(matcher::interrupt, budget.matchingNanosLeft(), TimeUnit.NANOSECONDS);
        try {
            int offset = 0;
            do {
                if (!isFound(matcher, offset, text.length)) {
                    return;
                }
                budget.step();
                visitor.visit(matcher);
                offset = matcher.getEnd() == matcher.getBegin()
                        ? afterCharacter(text, matcher.getEnd())
                        : matcher.getEnd();
            } while (all && offset <= text.length);
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
