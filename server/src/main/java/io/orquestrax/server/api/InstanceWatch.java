package io.orquestrax.server.api;

import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.live.WorkFeed;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends an instance to one watcher at first and whenever something was committed for it or work on it changed, until
 * it is closed.
 *
 * <p>Changes that come while the watcher is still busy with the last view become one view: a slow watcher costs no
 * memory and delays nobody.
 */
public final class InstanceWatch implements AutoCloseable {
    private final Callable<InstanceView> reader;
    private final Executor executor;
    private final Sink sink;
    private final Subscription commits;
    private final Subscription work;
    /** Signals that came since the pump began its round; the one that raises it from 0 runs the pump. */
    private final AtomicInteger signals = new AtomicInteger();

    private volatile boolean stale = true;
    private volatile boolean closed;
    private @Nullable InstanceView last;

    /** Where the views go. Called by one thread at a time. */
    public interface Sink {

        /** Whether it takes a view now; where not, {@link InstanceWatch#signal} is to be called once it does. */
        boolean isReady();

        void send(InstanceView view);

        /** The instance is closed and the last view is sent. */
        void end();

        void fail(Throwable failure);
    }

    /**
     * @param reader blocks
     * @param executor takes blocking work
     */
    InstanceWatch(
            CommitFeed commits,
            WorkFeed work,
            UUID instance,
            Callable<InstanceView> reader,
            Executor executor,
            Sink sink) {
        this.reader = reader;
        this.executor = executor;
        this.sink = sink;
        this.commits = commits.watch(instance, change -> refresh(), this::refresh);
        this.work = work.watch(instance, this::refresh);
    }

    /** Reads again as soon as the sink is ready; sends only what differs from the last view. */
    public void refresh() {
        stale = true;
        signal();
    }

    /** To be called once to begin, and whenever the sink became ready. */
    public void signal() {
        if (closed || signals.getAndIncrement() != 0) {
            return;
        }
        try {
            executor.execute(this::pump);
        } catch (RejectedExecutionException stopping) {
            // The thread that publishes must not pay for a node that goes down.
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        commits.close();
        work.close();
    }

    private void pump() {
        int seen = 1;
        while (seen != 0) {
            seen = signals.get();
            try {
                sendIfDue();
            } catch (Exception failure) {
                close();
                sink.fail(failure);
            }
            seen = signals.addAndGet(-seen);
        }
    }

    private void sendIfDue() throws Exception {
        if (closed || !stale || !sink.isReady()) {
            return;
        }
        stale = false;
        InstanceView view = reader.call();
        if (view.equals(last)) {
            return;
        }
        last = view;
        sink.send(view);
        if (view.instance().status().isClosed()) {
            close();
            sink.end();
        }
    }
}
