package io.orquestrax.server.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A clock that is moved by hand, and timers that ring when it is. */
final class TestingTime implements Timers {
    private final TreeMap<Key, Runnable> due = new TreeMap<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;

    private record Key(Instant at, long order) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    Instant now() {
        return now;
    }

    /** By any thread. */
    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Key key = new Key(now.plus(delay), order++);
        due.put(key, action);
        return () -> cancel(key);
    }

    private synchronized void cancel(Key key) {
        due.remove(key);
    }

    /** Rings every timer on the way, each at its own time. */
    void pass(Duration duration) {
        pass(duration, () -> {});
    }

    /**
     * As the other.
     *
     * @param afterEach done after each timer
     */
    void pass(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        for (Runnable next = takeDue(end); next != null; next = takeDue(end)) {
            next.run();
            afterEach.run();
        }
        now = end;
    }

    private synchronized @Nullable Runnable takeDue(Instant end) {
        if (due.isEmpty() || due.firstKey().at().isAfter(end)) {
            return null;
        }
        var next = due.pollFirstEntry();
        now = next.getKey().at();
        return next.getValue();
    }

    @Override
    public synchronized void close() {
        due.clear();
    }
}
