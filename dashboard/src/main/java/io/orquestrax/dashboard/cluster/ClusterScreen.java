package io.orquestrax.dashboard.cluster;

import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.orchestration.Orchestration;

/** The nodes and their partitions, and what can be done to a node. */
public final class ClusterScreen {
    private static final String PATH = "/cluster";

    private final Orchestration orchestration;
    private final ClusterFeed feed;
    private final Frames frames;

    public ClusterScreen(Orchestration orchestration, ClusterFeed feed, Frames frames) {
        this.orchestration = orchestration;
        this.feed = feed;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get(PATH, this::show);
        routes.live(PATH + "/live", this::live);
        routes.post(PATH + "/{node}/drain", request -> drain(request, false));
        routes.post(PATH + "/{node}/serve", request -> drain(request, true));
        routes.nothingBelow(PATH);
    }

    private PageReply show(PageRequest request) {
        ClusterPage page = ClusterPage.of(orchestration.cluster(request.caller()), request.now());
        return PageReply.ok(frames.page(request, "Cluster", Section.CLUSTER, PATH + "/live", "cluster/page", page));
    }

    private LiveView live(PageRequest request, Runnable changed) {
        return new ClusterLive(orchestration, feed, frames, request.caller(), changed);
    }

    private PageReply drain(PageRequest request, boolean undo) {
        orchestration.drain(request.caller(), request.path("node"), undo);
        return new PageReply.SeeOther(PATH);
    }
}
