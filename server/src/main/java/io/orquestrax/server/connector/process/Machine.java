package io.orquestrax.server.connector.process;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes that end with this one. Thread-safe.
 *
 * <p>The kernel ends a child when the <em>thread</em> that started it ends, so that all are started by one that lasts.
 */
public final class Machine implements AutoCloseable {
    private final Tools tools = Tools.ofThisProcess();
    private final ProcessLimits limits;
    private final String mark = UUID.randomUUID().toString();
    private final AtomicLong runs = new AtomicLong();
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("process-starter").daemon().factory());
    private @Nullable Optional<Confinement> confinement;
    private @Nullable Watchdog watchdog;

    public Machine(ProcessLimits limits) {
        this.limits = limits;
    }

    /**
     * @param confinement instead of the strictest that works here
     */
    Machine(ProcessLimits limits, Confinement confinement) {
        this.limits = limits;
        this.confinement = Optional.of(confinement);
    }

    ProcessLimits limits() {
        return limits;
    }

    Tools tools() {
        return tools;
    }

    /**
     * @param environment beside the usual one
     * @throws ConnectorFailure where this machine cannot keep a process within limits
     */
    RunningProcess start(List<String> command, Map<String, String> environment, Path directory)
            throws ConnectorFailure, InterruptedException {
        CompletableFuture<RunningProcess> starting = new CompletableFuture<>();
        starter.execute(() -> {
            try {
                starting.complete(startNow(command, environment, directory));
            } catch (IOException | ConnectorFailure | RuntimeException failed) {
                starting.completeExceptionally(failed);
            }
        });
        try {
            return starting.get();
        } catch (InterruptedException cancelled) {
            starting.thenAccept(RunningProcess::end);
            throw cancelled;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectorFailure failure) {
                throw failure;
            }
            if (failed.getCause() instanceof IOException impossible) {
                throw notStarted(impossible);
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private RunningProcess startNow(List<String> command, Map<String, String> environment, Path directory)
            throws IOException, ConnectorFailure {
        Confinement known = confinement();
        int maxProcesses = limits.maxProcesses() + known.ownProcesses();
        if (!known.hasNamespace() && (watchdog == null || !watchdog.isAlive())) {
            watchdog = Watchdog.start(mark);
        }
        AuthorVariables variables = new AuthorVariables(environment);
        String ownMark = mark + "." + runs.incrementAndGet();
        @Nullable
        ControlGroup group = known.groups() == null ? null : known.groups().create(maxProcesses);
        boolean isStarted = false;
        try {
            List<String> words = new ArrayList<>(known.words(tools, group));
            words.addAll(resourceLimits(known, maxProcesses));
            words.addAll(variables.words());
            words.addAll(command);
            Process process = builder(words, variables, directory, ownMark).start();
            isStarted = true;
            return new RunningProcess(process, known, group, ownMark);
        } finally {
            if (group != null && !isStarted) {
                group.remove();
            }
        }
    }

    private List<String> resourceLimits(Confinement known, int maxProcesses) {
        List<String> words = new ArrayList<>(List.of(
                tools.find("prlimit").orElseThrow(),
                "--data=" + limits.memoryMaxBytes(),
                "--fsize=" + limits.filesMaxBytes(),
                "--core=0"));
        if (known.hasOwnCount()) {
            words.add("--nproc=" + maxProcesses);
        }
        words.add("--");
        return words;
    }

    private ProcessBuilder builder(List<String> words, AuthorVariables variables, Path directory, String ownMark) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(tools.environment(directory));
        variables.hideIn(builder.environment());
        builder.environment().put(Watchdog.VARIABLE, ownMark);
        return builder;
    }

    /** Finds out, and tells, what keeps processes within limits here, before the first job does. Returns at once. */
    void begin() {
        starter.execute(() -> {
            if (confinement == null) {
                confinement = Confinement.detect(tools);
            }
        });
    }

    private Confinement confinement() throws ConnectorFailure {
        if (confinement == null) {
            confinement = Confinement.detect(tools);
        }
        return confinement.orElseThrow(() -> ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "Processes not supported here",
                "Expected a Linux machine with setpriv and prlimit (package util-linux), which keep processes within"
                        + " limits, but they are not here."));
    }

    private static ConnectorFailure notStarted(IOException impossible) {
        return ConnectorFailure.of(
                StandardError.RUNTIME,
                "Process not started",
                // The lines after it are advice for who builds a JDK.
                "Expected the process to start, but: "
                        + String.valueOf(impossible.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("it did not"));
    }

    /** Several may share it, and close it. */
    @Override
    public void close() {
        // What still runs ends with the thread.
        starter.shutdown();
    }
}
