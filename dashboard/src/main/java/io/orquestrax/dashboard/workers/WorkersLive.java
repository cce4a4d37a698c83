package io.orquestrax.dashboard.workers;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workers that somebody looks at. */
final class WorkersLive implements LiveView {
    private final Orchestration orchestration;
    private final Frames frames;
    private final Caller caller;
    private final Subscription subscription;
    private @Nullable WorkersPage sent;

    WorkersLive(Orchestration orchestration, WorkFeed work, Frames frames, Caller caller, Runnable changed) {
        this.orchestration = orchestration;
        this.frames = frames;
        this.caller = caller;
        this.subscription = work.watchWorkers(changed);
    }

    @Override
    public String changes() {
        WorkersPage page = WorkersPage.of(orchestration.workers(caller));
        if (page.equals(sent)) {
            return "";
        }
        sent = page;
        return frames.part("workers/list", Map.of("page", page, "now", Instant.now(), "isLive", true));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
