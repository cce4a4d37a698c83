package io.orquestrax.dashboard.cluster;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster that somebody looks at. */
final class ClusterLive implements LiveView {
    private final Orchestration orchestration;
    private final Frames frames;
    private final Caller caller;
    private final Subscription subscription;
    private @Nullable ClusterPage sent;

    ClusterLive(Orchestration orchestration, ClusterFeed feed, Frames frames, Caller caller, Runnable changed) {
        this.orchestration = orchestration;
        this.frames = frames;
        this.caller = caller;
        this.subscription = feed.watch(changed);
    }

    @Override
    public String changes() {
        Instant now = Instant.now();
        ClusterPage page = ClusterPage.of(orchestration.cluster(caller), now);
        if (page.equals(sent)) {
            return "";
        }
        sent = page;
        return frames.part("cluster/list", Map.of("page", page, "now", now, "isLive", true));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
