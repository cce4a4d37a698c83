package io.orquestrax.dashboard.workers;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workers that somebody looks at. They come, go and work without a commit, so they are looked at every second. */
final class WorkersLive implements LiveView {
    private final Orchestration orchestration;
    private final Frames frames;
    private final Caller caller;
    private @Nullable WorkersPage sent;

    WorkersLive(Orchestration orchestration, Frames frames, Caller caller) {
        this.orchestration = orchestration;
        this.frames = frames;
        this.caller = caller;
    }

    @Override
    public boolean isRestless() {
        return true;
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
    public void close() {}
}
