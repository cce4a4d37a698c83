package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.job.JobResult;
import io.orquestrax.server.job.WorkerHello;
import io.orquestrax.server.job.WorkerSession;
import io.orquestrax.server.job.WorkerSink;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker inside the node: takes the connectors' jobs from the dispatcher as any worker does, each on a virtual thread
 * of its own.
 */
public final class BuiltInWorker implements WorkerSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BuiltInWorker.class);

    /** Heartbeats of a job within the limit that its author set for them. */
    private static final int BEATS_PER_LIMIT = 3;

    private final Map<String, Connector> connectors = new HashMap<>();
    private final Map<JobId, Thread> running = new ConcurrentHashMap<>();
    private final Map<JobId, Held> held = new ConcurrentHashMap<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("connector-heartbeats").daemon().factory());
    private final Clock clock;
    private final WorkerSession session;

    /**
     * @param id new for every start of the node: jobs of an earlier one are offered again
     */
    @SuppressWarnings("ThisEscapedInObjectConstruction") // Jobs that come at once wait for the session.
    public BuiltInWorker(
            Dispatcher dispatcher, List<Connector> connectors, int capacity, String id, String version, Clock clock) {
        connectors.forEach(connector -> this.connectors.put(connector.type(), connector));
        this.clock = clock;
        this.session = dispatcher.connect(hello(connectors, capacity, id, version), this);
        connected.countDown();
    }

    private static WorkerHello hello(List<Connector> connectors, int capacity, String id, String version) {
        List<WorkerHello.JobType> types = connectors.stream()
                .map(connector -> new WorkerHello.JobType(connector.type(), null, null, null))
                .toList();
        long pid = ProcessHandle.current().pid();
        return new WorkerHello(
                "built-in-" + id, "built-in", types, capacity, host(), pid, "java", version, version, List.of());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    @Override
    public void assign(List<JobAssignment> jobs) {
        jobs.forEach(job -> {
            Thread thread = Thread.ofVirtual().name("job-" + job.id()).unstarted(() -> run(job));
            running.put(job.id(), thread);
            thread.start();
        });
    }

    @Override
    public void acknowledge(JobId job, boolean counted) {
        // The result itself is not kept: the node that takes it is the one that made it.
        settle(job, counted);
    }

    @Override
    public void cancel(List<JobId> jobs) {
        jobs.forEach(job -> {
            Thread thread = running.remove(job);
            if (thread != null) {
                thread.interrupt();
            }
            settle(job, false);
        });
    }

    /** On a thread of its own, for it may block. */
    private void settle(JobId job, boolean isDurable) {
        Held taken = held.remove(job);
        if (taken != null) {
            Thread.ofVirtual().name("settle-" + job).start(() -> taken.settle(isDurable));
        }
    }

    private ResultHolder holder(JobId job) {
        return new ResultHolder() {
            @Override
            public boolean canHold() {
                return true;
            }

            @Override
            public void hold(Held taken) {
                held.put(job, taken);
            }
        };
    }

    private void run(JobAssignment job) {
        Instant startedAt = clock.instant();
        try {
            connected.await();
            Future<?> beating = beat(job);
            JobResult result;
            try {
                result = result(job, startedAt);
            } finally {
                beating.cancel(false);
            }
            if (result instanceof JobResult.Failed) {
                settle(job.id(), false);
            }
            if (running.remove(job.id(), Thread.currentThread())) {
                session.results(List.of(result));
            } else {
                settle(job.id(), false);
            }
        } catch (InterruptedException cancelled) {
            // Whoever interrupted it has taken the job away.
            running.remove(job.id(), Thread.currentThread());
            settle(job.id(), false);
        }
    }

    private JobResult result(JobAssignment job, Instant startedAt) throws InterruptedException {
        JobId id = job.id();
        try {
            Connector connector = connectors.get(job.offer().type());
            if (connector == null) {
                throw new IllegalStateException("Expected a job of the types " + connectors.keySet() + ", but got "
                        + job.offer().type());
            }
            JsonNode output = connector.execute(ConnectorCall.of(
                    id, job.offer().arguments(), progress -> session.heartbeat(id, progress), holder(id)));
            return new JobResult.Completed(id, startedAt, output);
        } catch (ConnectorFailure failure) {
            return new JobResult.Failed(id, startedAt, failure.error(), false);
        } catch (RuntimeException | StackOverflowError bug) {
            String kind = bug.getClass().getSimpleName();
            LOG.error("The job {} failed with {}", id, kind);
            WorkflowError error = WorkflowError.of(
                    StandardError.RUNTIME, "Connector failed", "Expected the call to be made, but: " + kind);
            return new JobResult.Failed(id, startedAt, error, false);
        }
    }

    /** A call that still runs is alive, however slow the other side is. */
    private Future<?> beat(JobAssignment job) {
        Duration limit = job.heartbeatLimit();
        if (limit == null) {
            return CompletableFuture.completedFuture(null);
        }
        long pauseNanos = Math.max(1, limit.toNanos() / BEATS_PER_LIMIT);
        return beats.scheduleAtFixedRate(
                () -> session.heartbeat(job.id(), null), pauseNanos, pauseNanos, TimeUnit.NANOSECONDS);
    }

    /** No new jobs from now on. */
    public void drain() {
        session.drain();
    }

    /** Waits for the calls that run, then hands back what is left. */
    public void stop(Duration limit) {
        drain();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        for (Thread thread : List.copyOf(running.values())) {
            try {
                long left = deadlineNanos - System.nanoTime();
                if (left > 0) {
                    thread.join(Duration.ofNanos(left));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        List<JobId> unfinished = List.copyOf(running.keySet());
        cancel(unfinished);
        session.handBack(unfinished);
        session.disconnected();
        List.copyOf(held.keySet()).forEach(job -> settle(job, false));
        beats.shutdownNow();
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
