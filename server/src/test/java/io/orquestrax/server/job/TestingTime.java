package io.orquestrax.server.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.TreeMap;

/** A clock that is moved by hand, and timers that ring when it is. */
final class TestingTime implements Timers {
    private final TreeMap<Key, Runnable> due = new TreeMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
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

    @Override
    public Timer after(Duration delay, Runnable action) {
        Key key = new Key(now.plus(delay), order++);
        due.put(key, action);
        return () -> due.remove(key);
    }

    /** Rings every timer on the way, each at its own time. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (!due.isEmpty() && !due.firstKey().at().isAfter(end)) {
            var next = due.pollFirstEntry();
            now = next.getKey().at();
            next.getValue().run();
        }
        now = end;
    }

    @Override
    public void close() {
        due.clear();
    }
}
