package io.orquestrax.dashboard.workers;

import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Orchestration;

/** The connected workers. */
public final class WorkersScreen {
    private final Orchestration orchestration;
    private final WorkFeed work;
    private final Frames frames;

    public WorkersScreen(Orchestration orchestration, WorkFeed work, Frames frames) {
        this.orchestration = orchestration;
        this.work = work;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/workers", this::show);
        routes.live("/workers/live", this::live);
    }

    private PageReply show(PageRequest request) {
        WorkersPage page = WorkersPage.of(orchestration.workers(request.caller()));
        return PageReply.ok(frames.page(request, "Workers", Section.WORKERS, "/workers/live", "workers/page", page));
    }

    private LiveView live(PageRequest request, Runnable changed) {
        return new WorkersLive(orchestration, work, frames, request.caller(), changed);
    }
}
