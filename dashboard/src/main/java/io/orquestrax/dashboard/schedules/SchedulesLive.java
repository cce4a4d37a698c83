package io.orquestrax.dashboard.schedules;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.live.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schedules that somebody looks at. */
final class SchedulesLive implements LiveView {
    private final Supplier<SchedulesPage> reader;
    private final Frames frames;
    private final Subscription ofSchedules;
    private final Subscription ofInstances;
    private @Nullable SchedulesPage sent;

    SchedulesLive(
            Supplier<SchedulesPage> reader, ChangeFeed feed, CommitFeed commits, Frames frames, Runnable changed) {
        this.reader = reader;
        this.frames = frames;
        this.ofSchedules = feed.watch(changed);
        this.ofInstances = commits.watchAll(
                change -> {
                    if (isStartBySchedule(change)) {
                        changed.run();
                    }
                },
                changed);
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
        ofSchedules.close();
        ofInstances.close();
    }

    /** Events fire a trigger on whichever node delivers them; the instance is seen where it runs. */
    private static boolean isStartBySchedule(InstanceChange change) {
        return change.instance().origin() instanceof Origin.Schedule
                && change.events().stream().anyMatch(event -> event.sequence() == 1);
    }
}
