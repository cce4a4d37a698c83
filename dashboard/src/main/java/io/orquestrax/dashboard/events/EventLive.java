package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event that somebody looks at. */
final class EventLive implements LiveView {
    /** Many events come while somebody looks at one. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Supplier<EventPage> reader;
    private final Frames frames;
    private final Subscription subscription;
    private @Nullable EventPage sent;

    EventLive(Supplier<EventPage> reader, ChangeFeed feed, Frames frames, Runnable changed) {
        this.reader = reader;
        this.frames = frames;
        this.subscription = feed.watch(changed);
    }

    @Override
    public String changes() {
        EventPage page = reader.get();
        if (page.equals(sent)) {
            return "";
        }
        sent = page;
        return frames.part("events/head", Map.of("page", page, "now", Instant.now(), "isLive", true))
                + frames.part("events/takers", Map.of("page", page, "isLive", true));
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
