package io.orquestrax.server.live;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers that nodes came, went or said something of their load, or that partitions changed hands. */
public final class ClusterFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFeed.class);

    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

    /**
     * @param watcher called on the thread that saw the change: it must hand over and return
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
                LOG.error("A watcher of the cluster failed", bug);
            }
        }
    }
}
