package io.orquestrax.dashboard.schedules;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.live.ScheduleFeed;
import io.orquestrax.server.live.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schedules that somebody looks at. */
final class SchedulesLive implements LiveView {
    private final Supplier<SchedulesPage> reader;
    private final Frames frames;
    private final Subscription subscription;
    private @Nullable SchedulesPage sent;

    SchedulesLive(Supplier<SchedulesPage> reader, ScheduleFeed feed, Frames frames, Runnable changed) {
        this.reader = reader;
        this.frames = frames;
        this.subscription = feed.watch(changed);
    }

    @Override
    public String changes() {
        SchedulesPage page = reader.get();
        if (page.equals(sent)) {
            return "";
        }
        sent = page;
        return frames.part("schedules/list", Map.of("page", page, "now", Instant.now(), "isLive", true));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
