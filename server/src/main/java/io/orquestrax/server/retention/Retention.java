package io.orquestrax.server.retention;

import io.orquestrax.store.StoreException;
import io.orquestrax.store.retention.InstanceRanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins new ranges of instances as time goes on, and lets go of old ones. Every node may; one at a time does. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int LOOKS_PER_RANGE = 2;

    private final InstanceRanges ranges;
    private final RetentionPolicy policy;
    private final Clock clock;

    public Retention(InstanceRanges ranges, RetentionPolicy policy, Clock clock) {
        this.ranges = ranges;
        this.policy = policy;
        this.clock = clock;
    }

    /** Looks every now and then until the scheduler ends; not at all where everything is kept for ever. */
    public void begin(ScheduledExecutorService scheduler) {
        if (!policy.isLimited()) {
            return;
        }
        Duration wanted = policy.width().dividedBy(LOOKS_PER_RANGE);
        Duration pause = wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted;
        scheduler.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        Instant now = clock.instant();
        try {
            ranges.extend(now, policy.width());
            int removed = ranges.removeOld(policy.cutoffs(now));
            if (removed > 0) {
                LOG.info("Let go of old instances");
            }
        } catch (StoreException busy) {
            LOG.info("Old instances cannot go now, and will later: {}", busy.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("Letting go of old instances failed", bug);
        }
    }
}
