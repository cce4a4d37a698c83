package io.orquestrax.examples;

import io.orquestrax.sdk.DefinitionId;
import io.orquestrax.sdk.worker.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that no server gave; it remembers the heartbeats. */
public final class TestingJobContext implements JobContext {
    private final List<Optional<Object>> heartbeats = new ArrayList<>();
    private boolean cancelled;

    public List<Optional<Object>> heartbeats() {
        return heartbeats;
    }

    public void cancel() {
        cancelled = true;
    }

    @Override
    public String jobId() {
        return instanceId() + ".1.1";
    }

    @Override
    public String instanceId() {
        return "01890a5d-ac96-774b-bcce-b302099a8057";
    }

    @Override
    public Optional<String> businessKey() {
        return Optional.empty();
    }

    @Override
    public DefinitionId definition() {
        return new DefinitionId("examples", "test", "1.0.0");
    }

    @Override
    public String type() {
        return "test";
    }

    @Override
    public String task() {
        return "/do/0/test";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public <T> Optional<T> lastProgress(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public void heartbeat(@Nullable Object progress) {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
        heartbeats.add(Optional.ofNullable(progress));
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {}

    @Override
    public void onSettled(Consumer<Boolean> action) {}

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(TestingJobContext.class);
    }
}
