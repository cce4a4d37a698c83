package io.orquestrax.server.connector.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Documents that were read, kept for a short time by where they came from. Thread-safe. */
public final class KeptDocuments<T> {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long MAX_KEPT_BYTES = 16L << 20;

    private final InstantSource clock;
    private final Map<URI, Kept<T>> kept = new LinkedHashMap<>();
    private long keptBytes;

    private record Kept<T>(T document, int bytes, Instant until) {}

    public KeptDocuments(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized Optional<T> find(URI source) {
        return Optional.ofNullable(kept.get(source))
                .filter(each -> each.until().isAfter(clock.instant()))
                .map(Kept::document);
    }

    /** Those that were kept longest make room. */
    public synchronized void keep(URI source, T document, int bytes) {
        Kept<T> before = kept.remove(source);
        keptBytes += bytes - (before == null ? 0 : before.bytes());
        kept.put(source, new Kept<>(document, bytes, clock.instant().plus(KEPT)));
        Iterator<Kept<T>> oldest = kept.values().iterator();
        while (keptBytes > MAX_KEPT_BYTES && oldest.hasNext()) {
            keptBytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
