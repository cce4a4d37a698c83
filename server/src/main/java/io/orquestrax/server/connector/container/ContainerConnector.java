package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.Causes;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ReportingWork;
import io.orquestrax.server.connector.http.TimeLimit;
import io.orquestrax.server.connector.process.Captured;
import io.orquestrax.server.connector.process.Outcome;
import io.orquestrax.server.connector.process.OutputReport;
import io.orquestrax.server.connector.process.ProcessLimits;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run: container} (DSL reference, Run, Container Process). */
public final class ContainerConnector implements ReportingWork {
    public static final String TYPE = "container";

    private static final Logger LOG = LoggerFactory.getLogger(ContainerConnector.class);
    private static final Duration REPORT_PAUSE = Duration.ofMillis(300);
    /** For what must be done after the end, whatever ended it. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(10);

    private final EngineAddress address;
    private final Engine engine;
    private final ProcessLimits limits;
    private final List<Path> volumesAllowed;
    private final Sweeper sweeper;

    /**
     * @param volumesAllowed directories of the engine's machine that containers may see
     */
    public ContainerConnector(
            EngineAddress address, ProcessLimits limits, List<Path> volumesAllowed, InstantSource clock) {
        this.address = address;
        this.engine = new Engine(new EngineClient(address));
        this.limits = limits;
        this.volumesAllowed = List.copyOf(volumesAllowed);
        this.sweeper = new Sweeper(engine, clock);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey, Consumer<JsonNode> progress)
            throws ConnectorFailure, InterruptedException {
        ContainerSpec spec = ContainerSpec.read(with, idempotencyKey, limits, volumesAllowed);
        AtomicReference<String> container = new AtomicReference<>("");
        try {
            Outcome outcome = TimeLimit.run(
                    limits.timeout(), () -> run(spec, idempotencyKey, container, secrets.redaction(), progress));
            return outcome.output(with.path("return").asText("stdout"), "container", secrets.redaction());
        } catch (TimeLimit.OverException over) {
            throw ConnectorFailure.of(
                    StandardError.TIMEOUT,
                    "Container timed out",
                    "Expected the container to end within " + limits.timeout().toMillis() + " ms, but it did not.");
        } catch (IOException broken) {
            throw ConnectorFailure.communication(
                    "No container engine",
                    "Expected a container engine at " + address + " (connectors.container.engine), but: "
                            + Causes.of(broken) + ".");
        } finally {
            end(container.get(), spec.cleanup());
        }
    }

    private Outcome run(
            ContainerSpec spec,
            String key,
            AtomicReference<String> container,
            Redaction secrets,
            Consumer<JsonNode> progress)
            throws IOException, ConnectorFailure {
        engine.provide(spec);
        String id = engine.create(spec, key);
        container.set(id);
        Captured stdout = Captured.upTo(limits.outputMaxBytes());
        Captured stderr = Captured.upTo(limits.outputMaxBytes());
        try (EngineClient.Attached attached = engine.attach(id, spec.input().length > 0)) {
            engine.start(id);
            Thread reporting = Thread.ofVirtual().start(() -> report(stdout, secrets, progress));
            Thread.ofVirtual().start(() -> write(spec.input(), attached));
            try {
                new Frames(attached.in()).readInto(stdout, stderr);
            } finally {
                reporting.interrupt();
            }
        }
        if (stdout.isCut() || stderr.isCut()) {
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Output too large",
                    "Expected at most " + limits.outputMaxBytes() + " bytes on "
                            + (stdout.isCut() ? "standard output" : "standard error")
                            + " of the container, but there was more.");
        }
        int code = engine.exitCode(id);
        if (engine.wasOutOfMemory(id)) {
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Too much memory",
                    "Expected at most " + limits.memoryMaxBytes()
                            + " bytes of memory of the container, but it wanted more.");
        }
        return new Outcome(code, stdout.text(), stderr.text());
    }

    private static void report(Captured stdout, Redaction secrets, Consumer<JsonNode> progress) {
        OutputReport report = new OutputReport(stdout, secrets, progress);
        try {
            while (true) {
                Thread.sleep(REPORT_PAUSE);
                report.tell();
            }
        } catch (InterruptedException ended) {
            // The container is over, and so is what there is to tell.
            return;
        }
    }

    private static void write(byte[] input, EngineClient.Attached attached) {
        if (input.length == 0) {
            return;
        }
        try {
            attached.out().write(input);
            attached.endInput();
        } catch (IOException notRead) {
            // A container need not read its input.
            return;
        }
    }

    /** On a thread that was not interrupted: what runs must not go on where nobody waits for it. */
    private void end(String id, Cleanup cleanup) {
        if (id.isEmpty()) {
            return;
        }
        Thread ending = Thread.ofVirtual().start(() -> {
            try {
                engine.kill(id);
                if (cleanup.kind() == Cleanup.Kind.ALWAYS) {
                    engine.remove(id);
                }
            } catch (IOException unreachable) {
                LOG.warn("The container {} may still run: {}", id, unreachable.getMessage());
            }
        });
        boolean wasInterrupted = Thread.interrupted();
        try {
            if (!ending.join(LAST_CALLS)) {
                ending.interrupt();
            }
        } catch (InterruptedException again) {
            wasInterrupted = true;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void begin() {
        sweeper.start();
    }

    @Override
    public void close() {
        sweeper.close();
    }
}
