package io.orquestrax.sdk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many starts of a client are under way at a time; more of them wait here and not in a server, which would have as
 * much to do with keeping them as with serving others. A refusal halves the number, and as many answers as may be under
 * way raise it by one, as in the congestion control of TCP (RFC 5681).
 */
final class StartWindow {
    /** More than a server needs to have enough to do. */
    static final int MOST = 4_000;

    static final int LEAST = 16;

    /** Over which the rate of answers is taken, at the least. */
    static final long RATE_NANOS = Duration.ofMillis(500).toNanos();

    /** Of the time that a call has left, what it may wait here: the rest is for the server. */
    private static final double WAITING_SHARE = 0.5;

    private final LongSupplier nanoTime;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private int underWay;
    private double size = MOST;
    private long halvedNanos;
    private long rateSinceNanos;
    private long answers;

    /** While any have to wait; 0 where it is not known yet. */
    private double answersPerNano;

    /** A start that wants to be sent. */
    interface Call {

        /** Sends it; {@link StartWindow#ended} is called when it has its answer, or none comes any more. */
        void send();

        /** It is sent later. */
        void await();

        /** False once its caller has given up. */
        boolean isWanted();
    }

    /** @param nanoTime the clock */
    StartWindow(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.halvedNanos = nanoTime.getAsLong();
    }

    /**
     * Whether one more would have to wait here for most of the time that it has.
     *
     * @param left until its deadline
     */
    synchronized boolean isHopeless(Duration left) {
        return answersPerNano > 0 && waiting.size() / answersPerNano > left.toNanos() * WAITING_SHARE;
    }

    /** Sends the call, now or when it is its turn. */
    void pass(Call call) {
        if (mayBeSent(call)) {
            call.send();
        } else {
            call.await();
        }
    }

    private synchronized boolean mayBeSent(Call call) {
        if (underWay < size && waiting.isEmpty()) {
            underWay++;
            return true;
        }
        if (waiting.isEmpty()) {
            rateSinceNanos = nanoTime.getAsLong();
            answers = 0;
            answersPerNano = 0;
        }
        waiting.add(call);
        return false;
    }

    /**
     * A server refused one as too many. It is still under way, since it will be sent again.
     *
     * @param sentNanos when it was sent: those that were under way when the window was halved say nothing of the new one
     */
    synchronized void refused(long sentNanos) {
        if (sentNanos - halvedNanos >= 0) {
            size = Math.max(LEAST, Math.min(size, underWay) / 2);
            halvedNanos = nanoTime.getAsLong();
        }
    }

    /**
     * A call that was sent is not under way any more.
     *
     * @param isAnswered whether a server did what it asked
     */
    void ended(boolean isAnswered) {
        next(isAnswered).forEach(Call::send);
    }

    private synchronized List<Call> next(boolean isAnswered) {
        underWay--;
        if (isAnswered) {
            size = Math.min(MOST, size + 1 / size);
            count();
        }
        List<Call> next = new ArrayList<>(2);
        while (underWay < size && !waiting.isEmpty()) {
            Call first = waiting.poll();
            if (first.isWanted()) {
                underWay++;
                next.add(first);
            }
        }
        return next;
    }

    private void count() {
        long now = nanoTime.getAsLong();
        answers++;
        if (now - rateSinceNanos >= RATE_NANOS) {
            answersPerNano = (double) answers / (now - rateSinceNanos);
            rateSinceNanos = now;
            answers = 0;
        }
    }
}
