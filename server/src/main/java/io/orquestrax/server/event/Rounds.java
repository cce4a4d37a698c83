package io.orquestrax.server.event;

import io.orquestrax.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a piece of work again and again on a thread of its own: at once when told that there is some, or after a pause. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** How long a close waits for the work at hand before it interrupts it, which costs a connection. */
    private static final Duration LAST_ROUND = Duration.ofSeconds(2);

    private final Supplier<Duration> round;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosed;

    /**
     * @param round one piece of work, which says how long to pause if nobody wakes it
     */
    Rounds(String name, Supplier<Duration> round) {
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /** From any thread. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        wake();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            if (!thread.join(LAST_ROUND)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                Duration pause = safeRound();
                if (woken.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("{} ends", thread.getName());
        }
    }

    private Duration safeRound() throws InterruptedException {
        try {
            return round.get();
        } catch (StoreException away) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("{}: the database cannot be used now, and it will be tried again", thread.getName(), away);
            return AFTER_FAILURE;
        } catch (RuntimeException bug) {
            LOG.error("{} failed, and will be tried again", thread.getName(), bug);
            return AFTER_FAILURE;
        }
    }
}
