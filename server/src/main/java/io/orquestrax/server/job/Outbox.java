package io.orquestrax.server.job;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the outside, made in order and outside the dispatcher's lock.
 *
 * <p>One thread at a time makes them; a call that leads to another one (a future that completes at once) has it made
 * by the same loop instead of by recursion.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wanted = new AtomicInteger();

    void add(Runnable call) {
        calls.add(call);
    }

    void drain() {
        if (calls.isEmpty() || wanted.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
                make(call);
            }
            served = wanted.addAndGet(-served);
        } while (served != 0);
    }

    private static void make(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException broken) {
            LOG.error("A call of the dispatcher to the outside failed", broken);
        }
    }
}
