package io.orquestrax.server.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the requests of each minute. Thread-safe. */
final class Rates {
    private static final int MAX_KEPT = 10_000;
    private static final long SECONDS = 60;

    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private record Window(long minute, int count) {}

    /** Whether one more may come. */
    synchronized boolean admits(String name, int perMinute, Instant now) {
        long minute = now.getEpochSecond() / SECONDS;
        Window window = windows.get(name);
        int count = window == null || window.minute() != minute ? 0 : window.count();
        if (count >= perMinute) {
            return false;
        }
        windows.put(name, new Window(minute, count + 1));
        return true;
    }
}
