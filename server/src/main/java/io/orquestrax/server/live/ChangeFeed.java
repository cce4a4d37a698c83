package io.orquestrax.server.live;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers that something of a kind changed, on whichever node, and not what: they read it again. */
public final class ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final String kind;
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private volatile Runnable elsewhere = () -> {};

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

    /**
     * Before the first change.
     *
     * @param others told of what changes on this node; returns at once
     */
    public void connect(Runnable others) {
        elsewhere = others;
    }

    /** Something changed on this node. */
    public void publish() {
        publishFromElsewhere();
        elsewhere.run();
    }

    /** Something changed on another node, or may have. */
    public void publishFromElsewhere() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException bug) {
                LOG.error("A watcher of the {} failed", kind, bug);
            }
        }
    }
}
