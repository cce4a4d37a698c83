package io.orquestrax.dashboard.schedules;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Answers;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.instance.InstanceRow;

/** What starts instances by itself, and what can be done to it. */
public final class SchedulesScreen {
    private static final int PAGE_SIZE = 100;

    private final Orchestration orchestration;
    private final ChangeFeed feed;
    private final CommitFeed commits;
    private final Frames frames;

    public SchedulesScreen(Orchestration orchestration, ChangeFeed feed, CommitFeed commits, Frames frames) {
        this.orchestration = orchestration;
        this.feed = feed;
        this.commits = commits;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/schedules", this::show);
        routes.live("/schedules/live", this::live);
        routes.post("/schedules/{namespace}/{name}/pause", this::pause);
        routes.post("/schedules/{namespace}/{name}/resume", this::resume);
        routes.post("/schedules/{namespace}/{name}/run", this::run);
        routes.nothingBelow("/schedules");
    }

    private PageReply show(PageRequest request) {
        String live = Address.of("/schedules/live")
                .with("page", request.query("page"))
                .toString();
        return PageReply.ok(
                frames.page(request, "Schedules", Section.SCHEDULES, live, "schedules/page", read(request)));
    }

    private SchedulesPage read(PageRequest request) {
        return SchedulesPage.of(
                orchestration.schedules(request.caller(), null, null, PAGE_SIZE, request.queryOrNull("page")));
    }

    private LiveView live(PageRequest request, Runnable changed) {
        return new SchedulesLive(() -> read(request), feed, commits, frames, changed);
    }

    private PageReply pause(PageRequest request) {
        orchestration.pauseSchedule(request.caller(), request.path("namespace"), request.path("name"));
        return new PageReply.SeeOther("/schedules");
    }

    private PageReply resume(PageRequest request) {
        orchestration.resumeSchedule(request.caller(), request.path("namespace"), request.path("name"));
        return new PageReply.SeeOther("/schedules");
    }

    private PageReply run(PageRequest request) {
        InstanceRow instance = Answers.await(orchestration.triggerSchedule(
                        request.caller(), request.path("namespace"), request.path("name"), Json.NODES.objectNode()))
                .instance();
        return new PageReply.SeeOther(Address.instance(instance.id()));
    }
}
