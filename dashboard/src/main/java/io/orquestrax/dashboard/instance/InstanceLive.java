package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance that somebody looks at: the parts of its page that changed. */
final class InstanceLive implements LiveView {
    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    private final InstanceReader reader;
    private final Frames frames;
    private final Caller caller;
    private final UUID id;
    private final long after;
    private final Subscription commits;
    private final Subscription ofChildren;
    private final Subscription work;
    private volatile boolean isStale = true;
    private volatile boolean areChildrenStale = true;
    private volatile @Nullable InstancePage sent;
    private @Nullable ChildrenPanel sentChildren;

    InstanceLive(
            InstanceReader reader,
            CommitFeed commits,
            WorkFeed work,
            Frames frames,
            Caller caller,
            UUID id,
            long after,
            Runnable changed) {
        this.reader = reader;
        this.frames = frames;
        this.caller = caller;
        this.id = id;
        this.after = after;
        this.commits = commits.watch(id, change -> ownChanged(changed), () -> ownChanged(changed));
        this.ofChildren = commits.watchChildren(id, change -> childrenChanged(changed), () -> childrenChanged(changed));
        this.work = work.watch(id, () -> workChanged(changed));
    }

    /** Workers come and go without a difference to an instance that has no job for them. */
    private void workChanged(Runnable changed) {
        InstancePage page = sent;
        if (page == null || page.head().openJobs() > 0) {
            ownChanged(changed);
        }
    }

    private void childrenChanged(Runnable changed) {
        areChildrenStale = true;
        changed.run();
    }

    private void ownChanged(Runnable changed) {
        isStale = true;
        changed.run();
    }

    @Override
    public String changes() {
        StringBuilder html = new StringBuilder();
        if (isStale) {
            isStale = false;
            appendOwn(html);
        }
        if (areChildrenStale) {
            areChildrenStale = false;
            appendChildren(html);
        }
        return html.toString();
    }

    /** A thousand children must not have the page read anew with each of their steps. */
    private void appendChildren(StringBuilder html) {
        ChildrenPanel children = reader.children(caller, id);
        if (!children.equals(sentChildren)) {
            sentChildren = children;
            html.append(frames.part(
                    "instance/children", Map.of("children", children, "now", Instant.now(), "isLive", true)));
        }
    }

    private void appendOwn(StringBuilder html) {
        InstancePage before = sent;
        InstancePage page = reader.read(caller, id, after, null);
        sent = page;
        Instant now = Instant.now();
        if (before == null || !before.head().equals(page.head())) {
            html.append(frames.part("instance/head", Map.of("head", page.head(), "now", now, "isLive", true)));
        }
        if (before == null || !before.strip().equals(page.strip())) {
            html.append(frames.part("instance/strip", Map.of("strip", page.strip(), "isLive", true)));
        }
        if (before == null || !before.steps().equals(page.steps())) {
            html.append(frames.part("instance/steps", Map.of("steps", page.steps(), "now", now, "isLive", true)));
        }
        if (before == null || !before.payload().equals(page.payload())) {
            html.append(frames.part("instance/payload", Map.of("payload", page.payload(), "isLive", true)));
        }
        if (before == null || !before.history().equals(page.history())) {
            html.append(frames.part("instance/history", Map.of("history", page.history(), "isLive", true)));
        }
    }

    /** Many steps are much to read, to send and to draw. */
    @Override
    public Duration pause() {
        InstancePage page = sent;
        return page != null && page.steps().hidden() > 0 ? LONG_PAUSE : LiveView.super.pause();
    }

    @Override
    public void close() {
        commits.close();
        ofChildren.close();
        work.close();
    }
}
