package io.orquestrax.sdk.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.sdk.DefinitionId;
import io.orquestrax.sdk.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A job whose handler runs, or is about to. */
final class ActiveJob implements JobContext {
    private final Job job;
    private final Registration<?> registration;
    private final Ledger ledger;
    private final Timestamp startedAt;
    private final Logger logger;
    private final int maxBytes;

    private final Object lock = new Object();
    private final List<Runnable> cancelActions = new ArrayList<>();
    private final List<Consumer<Boolean>> settleActions = new ArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean cancelled;
    private boolean ended;

    ActiveJob(Job job, Registration<?> registration, Ledger ledger, Instant startedAt, int maxBytes) {
        this.job = job;
        this.registration = registration;
        this.ledger = ledger;
        this.startedAt = Timestamp.newBuilder()
                .setSeconds(startedAt.getEpochSecond())
                .setNanos(startedAt.getNano())
                .build();
        this.logger = LoggerFactory.getLogger("io.orquestrax.job." + job.getType());
        this.maxBytes = maxBytes;
    }

    JobKey key() {
        return job.getKey();
    }

    Timestamp startedAt() {
        return startedAt;
    }

    /** Runs the handler on this thread, and hands its result to the ledger. */
    void run() {
        Result.Builder result = Result.newBuilder().setKey(job.getKey()).setStartedAt(startedAt);
        MDC.put("jobId", jobId());
        begin();
        try {
            registration.execute(payload(job.getInput()), this, result, maxBytes);
        } finally {
            end();
            MDC.remove("jobId");
            ledger.finished(this, result.build());
        }
    }

    /** Interrupts the handler and sets the flag; nothing where it has ended. */
    void cancel() {
        List<Runnable> actions;
        synchronized (lock) {
            if (cancelled || ended) {
                return;
            }
            cancelled = true;
            actions = List.copyOf(cancelActions);
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (!actions.isEmpty()) {
            Thread.startVirtualThread(() -> actions.forEach(this::runCancelAction));
        }
    }

    /** Whether somebody wants to know what becomes of the result. */
    boolean isToSettle() {
        synchronized (lock) {
            return !settleActions.isEmpty();
        }
    }

    /**
     * Once, after the handler has ended.
     *
     * @param counts whether the result is in the history
     */
    void settle(boolean counts) {
        List<Consumer<Boolean>> actions;
        synchronized (lock) {
            actions = List.copyOf(settleActions);
            settleActions.clear();
        }
        actions.forEach(action -> Thread.startVirtualThread(() -> runSettleAction(action, counts)));
    }

    private void runSettleAction(Consumer<Boolean> action, boolean counts) {
        try {
            action.accept(counts);
        } catch (RuntimeException failed) {
            logger.warn("An action on the end of job {} failed", jobId(), failed);
        }
    }

    private void begin() {
        synchronized (lock) {
            thread = Thread.currentThread();
            if (cancelled) {
                thread.interrupt();
            }
        }
    }

    /** After this no interrupt can hit the code that reports the result. */
    private void end() {
        synchronized (lock) {
            ended = true;
            thread = null;
        }
        var _ = Thread.interrupted();
    }

    private void runCancelAction(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            logger.warn("An action on the cancellation of job {} failed", jobId(), failed);
        }
    }

    @Override
    public String jobId() {
        JobKey key = job.getKey();
        return key.getInstanceId() + "." + key.getActivation() + "." + key.getAttempt();
    }

    @Override
    public String instanceId() {
        return job.getKey().getInstanceId();
    }

    @Override
    public Optional<String> businessKey() {
        return Optional.of(job.getBusinessKey()).filter(key -> !key.isEmpty());
    }

    @Override
    public DefinitionId definition() {
        Job.DefinitionRef reference = job.getDefinition();
        return new DefinitionId(reference.getNamespace(), reference.getName(), reference.getVersion());
    }

    @Override
    public String type() {
        return job.getType();
    }

    @Override
    public String task() {
        return job.getTask();
    }

    @Override
    public int attempt() {
        return job.getKey().getAttempt();
    }

    @Override
    public <T> Optional<T> lastProgress(Class<T> type) {
        return job.getLastProgress().isEmpty()
                ? Optional.empty()
                : Optional.of(payload(job.getLastProgress()).as(type));
    }

    @Override
    public void heartbeat(@Nullable Object progress) {
        if (cancelled) {
            throw new CancellationException("Job " + jobId() + " is cancelled");
        }
        Heartbeat.Builder heartbeat = Heartbeat.newBuilder().setKey(job.getKey());
        if (progress != null) {
            Payload json = Payload.of(progress);
            if (json.size() > maxBytes) {
                throw new IllegalArgumentException(
                        "Expected progress of at most " + maxBytes + " bytes, but it has " + json.size());
            }
            heartbeat.setProgress(UnsafeByteOperations.unsafeWrap(json.bytes()));
        }
        ledger.heartbeat(this, heartbeat.build());
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (lock) {
            if (!cancelled) {
                cancelActions.add(action);
                return;
            }
        }
        runCancelAction(action);
    }

    @Override
    public void onSettled(Consumer<Boolean> action) {
        synchronized (lock) {
            settleActions.add(action);
        }
    }

    @Override
    public Logger logger() {
        return logger;
    }

    private static Payload payload(ByteString json) {
        return Payload.ofJson(
                json.isEmpty() ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8) : json.toByteArray());
    }
}
