package io.orquestrax.server.job;

import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A worker with a stream, over all its connections. */
final class StreamWorker extends Holder implements Taker {
    private final BiConsumer<Job, StreamWorker> take;
    private final Set<JobId> unacknowledged = new HashSet<>();
    private WorkerHello hello;
    private Map<String, WorkerHello.JobType> types;
    private @Nullable Connection connection;
    private Instant connectedAt;
    private boolean draining;
    private Timers.Timer leaving = Timers.Timer.NONE;

    StreamWorker(WorkerHello hello, Connection connection, Instant now, BiConsumer<Job, StreamWorker> take) {
        super(hello.workerId());
        this.take = take;
        this.hello = hello;
        this.types = byName(hello);
        this.connection = connection;
        this.connectedAt = now;
    }

    private static Map<String, WorkerHello.JobType> byName(WorkerHello hello) {
        Map<String, WorkerHello.JobType> types = new LinkedHashMap<>();
        hello.types().forEach(type -> types.put(type.type(), type));
        return types;
    }

    /** The new connection takes the place of the one before, which may still seem open. */
    void reconnected(WorkerHello newHello, Connection newConnection, Instant now) {
        leaving.cancel();
        hello = newHello;
        types = byName(newHello);
        connection = newConnection;
        connectedAt = now;
    }

    /**
     * @param untilLost runs out unless it comes back
     */
    void disconnected(Timers.Timer untilLost) {
        connection = null;
        leaving = untilLost;
    }

    Optional<Connection> connection() {
        return Optional.ofNullable(connection);
    }

    boolean isConnectedBy(Connection candidate) {
        return connection == candidate;
    }

    void drain() {
        draining = true;
    }

    boolean takes(String type) {
        return connection != null && !draining && types.containsKey(type);
    }

    /** Whether a failed job's policy cannot be told without knowing the job's type. */
    boolean hasSeveralPolicies() {
        return types.values().stream()
                        .map(type -> Optional.ofNullable(type.retry()))
                        .distinct()
                        .count()
                > 1;
    }

    /** The policy of every type; meaningful where it has not several. */
    Optional<JobRetryPolicy> onlyPolicy() {
        return types.values().stream().findFirst().map(WorkerHello.JobType::retry);
    }

    void awaitsAcknowledgement(JobId job) {
        unacknowledged.add(job);
    }

    void acknowledge(JobId job, boolean counted) {
        unacknowledged.remove(job);
        connection().ifPresent(open -> open.acknowledge(job, counted));
    }

    @Override
    void cancel(Job job) {
        cancel(job.id());
    }

    /** Also of a job that is not its own. */
    void cancel(JobId job) {
        connection().ifPresent(open -> open.cancel(job));
    }

    WorkerView view() {
        return new WorkerView(
                id(),
                hello.name(),
                List.copyOf(types.keySet()),
                hello.capacity(),
                held().size(),
                hello.host(),
                hello.pid(),
                hello.language(),
                hello.sdkVersion(),
                hello.buildId(),
                connectedAt,
                "stream",
                draining);
    }

    @Override
    public Set<String> types() {
        return types.keySet();
    }

    /** None while too many of its results wait to become durable: a slow database slows the workers down. */
    @Override
    public int free() {
        boolean takesNone = connection == null || draining || unacknowledged.size() >= maxUnacknowledged();
        return takesNone ? 0 : Math.max(0, hello.capacity() - held().size());
    }

    private int maxUnacknowledged() {
        return Math.max(100, 4 * hello.capacity());
    }

    @Override
    public void take(Job job) {
        take.accept(job, this);
    }

    @Override
    boolean isAway() {
        return connection == null;
    }

    @Override
    Optional<Instant> connectedAt() {
        return connection().map(open -> connectedAt);
    }

    @Override
    Optional<JobRetryPolicy> retryPolicy(String type) {
        return Optional.ofNullable(types.get(type)).map(WorkerHello.JobType::retry);
    }

    @Override
    Optional<Duration> runningLimit(String type) {
        return Optional.ofNullable(types.get(type)).map(WorkerHello.JobType::runningLimit);
    }

    @Override
    Optional<Duration> heartbeatLimit(String type) {
        return Optional.ofNullable(types.get(type)).map(WorkerHello.JobType::heartbeatLimit);
    }
}
