package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.live.ChangeFeed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the other nodes that something of a kind changed on this one, and the watchers of this one what they tell. */
public final class ChangeRelay {
    /** What changes in this time is told once. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ChangeFeed feed;
    private final Notice notice;
    private final Peers peers;
    private final ScheduledExecutorService scheduler;
    private final AtomicBoolean isDue = new AtomicBoolean();

    /**
     * @param notice tells of the kind
     */
    public ChangeRelay(ChangeFeed feed, Notice notice, Peers peers, ScheduledExecutorService scheduler) {
        this.feed = feed;
        this.notice = notice;
        this.peers = peers;
        this.scheduler = scheduler;
    }

    /** Before the first change. */
    public void begin() {
        peers.listen(notice.getNoticeCase(), (node, told) -> feed.publishFromElsewhere());
        peers.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                // What either told before may not have come.
                feed.publishFromElsewhere();
                peers.tell(node, notice);
            }

            @Override
            public void lost(String node) {
                // Whatever it does not tell now it makes up for when it is linked again.
            }
        });
        feed.connect(this::changed);
    }

    private void changed() {
        if (isDue.compareAndSet(false, true)) {
            scheduler.schedule(this::tell, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        isDue.set(false);
        peers.tellAll(notice);
    }
}
