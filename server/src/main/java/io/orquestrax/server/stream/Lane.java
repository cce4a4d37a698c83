package io.orquestrax.server.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tasks of one stream in order and one at a time, without a thread while there are none. */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    public Lane(Executor executor) {
        this.executor = executor;
    }

    public void run(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) {
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException stopping) {
                // The node closes its streams itself; what a task would still do, a reconnect does elsewhere.
                LOG.debug("A stream ends with the node", stopping);
            }
        }
    }

    private void runAll() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException broken) {
                LOG.error("A stream could not handle a message", broken);
            }
        } while (open.decrementAndGet() > 0);
    }
}
