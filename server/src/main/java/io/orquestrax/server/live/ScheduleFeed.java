package io.orquestrax.server.live;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers that a schedule of this node was deployed, paused, resumed, or fired. */
public final class ScheduleFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFeed.class);

    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

    /**
     * @param watcher called on the thread that made the change: it must hand over and return
     */
    public Subscription watch(Runnable watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    public void publish() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException bug) {
                LOG.error("A watcher of the schedules failed", bug);
            }
        }
    }
}
