package io.orquestrax.server.live;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers that something of a kind changed on this node, and not what: they read it again. */
public final class ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final String kind;
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

    /**
     * @param kind of what changes, for the log
     */
    public ChangeFeed(String kind) {
        this.kind = kind;
    }

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
                LOG.error("A watcher of the {} failed", kind, bug);
            }
        }
    }
}
