package io.orquestrax.server.peer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a link to one node: opens it, and opens it anew whenever it breaks, until it is closed. */
final class PeerLink implements OutgoingLink.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final String node;
    private final String address;
    private final LinkLimits limits;
    private final Function<OutgoingLink.Owner, OutgoingLink> opener;
    private final ScheduledExecutorService scheduler;
    private final Peers.Watcher watcher;
    private Duration pause;
    private boolean isClosed;
    private @Nullable OutgoingLink latest;
    private volatile @Nullable OutgoingLink linked;
    private String lastReason = "";

    /**
     * @param opener makes one attempt; returns at once
     * @param watcher told of the link; returns at once
     */
    PeerLink(
            String node,
            String address,
            LinkLimits limits,
            Function<OutgoingLink.Owner, OutgoingLink> opener,
            ScheduledExecutorService scheduler,
            Peers.Watcher watcher) {
        this.node = node;
        this.address = address;
        this.limits = limits;
        this.opener = opener;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.pause = limits.shortestPause();
    }

    String address() {
        return address;
    }

    /** Empty where there is no link at the moment. */
    Optional<OutgoingLink> linked() {
        return Optional.ofNullable(linked);
    }

    synchronized void open() {
        if (isClosed) {
            return;
        }
        OutgoingLink attempt = opener.apply(this);
        latest = attempt;
        scheduler.schedule(attempt::expectGreeting, limits.greetingWait().toMillis(), TimeUnit.MILLISECONDS);
    }

    void close(String reason) {
        OutgoingLink last;
        synchronized (this) {
            isClosed = true;
            last = latest;
        }
        if (last != null) {
            last.close(reason);
        }
    }

    @Override
    public synchronized void linked(OutgoingLink link) {
        if (isClosed || link != latest) {
            return;
        }
        pause = limits.shortestPause();
        lastReason = "";
        linked = link;
        LOG.info("Linked to node {} at {}", node, address);
        watcher.linked(node);
    }

    @Override
    public synchronized void ended(OutgoingLink link, String reason) {
        if (linked == link) {
            linked = null;
            LOG.info("Lost the link to node {} at {}: {}", node, address, reason);
            watcher.lost(node);
        } else if (!reason.equals(lastReason)) {
            LOG.warn("Node {} at {} cannot be linked to, and it is tried again: {}", node, address, reason);
        }
        lastReason = reason;
        if (isClosed || link != latest) {
            return;
        }
        long millis = pause.toMillis();
        long jitter = ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : longer;
        scheduler.schedule(this::open, millis / 2 + jitter, TimeUnit.MILLISECONDS);
    }
}
