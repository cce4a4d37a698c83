package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Answers;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.instance.InstanceRow;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The page of one instance, its live stream, and what can be done to it. */
public final class InstanceScreen {
    private final Orchestration orchestration;
    private final CommitFeed commits;
    private final WorkFeed work;
    private final Frames frames;
    private final InstanceReader reader;

    public InstanceScreen(Orchestration orchestration, CommitFeed commits, WorkFeed work, Frames frames) {
        this.orchestration = orchestration;
        this.commits = commits;
        this.work = work;
        this.frames = frames;
        this.reader = new InstanceReader(orchestration);
    }

    public void open(Routes routes) {
        routes.get("/instances/{id}", request -> show(request, 200, null));
        routes.live("/instances/{id}/live", this::live);
        for (InstanceAction action : InstanceAction.values()) {
            routes.post("/instances/{id}/" + action.text(), request -> act(action, request));
        }
        routes.nothingBelow("/instances");
    }

    private PageReply show(PageRequest request, int status, @Nullable Notice notice) {
        UUID id = request.instanceId();
        String asked = request.query("after");
        long after = asked.isEmpty() ? reader.lastPage(request.caller(), id) : number(asked);
        InstancePage page = reader.read(request.caller(), id, after, notice);
        String live = Address.of(Address.instance(id) + "/live")
                .with("after", String.valueOf(after))
                .toString();
        String key = page.head().key();
        String title = page.head().definition().name() + (key == null ? "" : " · " + key);
        return new PageReply.Html(status, frames.page(request, title, Section.INSTANCES, live, "instance/page", page));
    }

    private LiveView live(PageRequest request, Runnable changed) {
        UUID id = request.instanceId();
        orchestration.instance(request.caller(), id);
        return new InstanceLive(
                reader, commits, work, frames, request.caller(), id, number(request.query("after")), changed);
    }

    private PageReply act(InstanceAction action, PageRequest request) {
        UUID id = request.instanceId();
        String given = request.field("reason").strip();
        try {
            Answers.await(act(action, request.caller(), id, given.isEmpty() ? null : given));
            return new PageReply.SeeOther(Address.instance(id));
        } catch (ServiceException refused) {
            if (refused.code() == ErrorCode.INSTANCE_NOT_FOUND) {
                throw refused;
            }
            Notice notice = new Notice(
                    Notice.Kind.PROBLEM, action.label() + " was refused; nothing has changed", refused.detail(), null);
            return show(request, refused.code().httpStatus(), notice);
        }
    }

    private CompletableFuture<InstanceRow> act(InstanceAction action, Caller caller, UUID id, @Nullable String reason) {
        return switch (action) {
            case SUSPEND -> orchestration.suspend(caller, id, reason);
            case RESUME -> orchestration.resume(caller, id, reason);
            case RETRY -> orchestration.retry(caller, id, reason);
            case CANCEL -> orchestration.cancel(caller, id, reason);
        };
    }

    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
