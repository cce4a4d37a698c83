package io.orquestrax.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.protocol.JobId;
import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobFailure;
import io.orquestrax.sdk.worker.JobHandlers;
import io.orquestrax.sdk.worker.Registry;
import io.orquestrax.server.connector.Connector;
import io.orquestrax.server.connector.ConnectorCall;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.Connectors;
import io.orquestrax.server.connector.Held;
import io.orquestrax.server.connector.ResultHolder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** The connectors of a node as handlers of a worker, so that they run in a process or a network of their own. */
record ConnectorHandlers(Connectors connectors) implements JobHandlers {
    private static final Duration BEAT = Duration.ofSeconds(1);

    @Override
    public void register(Registry registry) {
        for (Connector connector : connectors.all()) {
            registry.handler(
                    connector.type(), JsonNode.class, (arguments, context) -> execute(connector, arguments, context));
        }
    }

    private static JsonNode execute(Connector connector, JsonNode arguments, JobContext context)
            throws InterruptedException {
        JobId job = JobId.parse(context.jobId())
                .orElseThrow(() -> new IllegalStateException("Expected the id of a job, but got " + context.jobId()));
        Thread beating = Thread.ofVirtual().start(() -> beat(context));
        try {
            return connector.execute(ConnectorCall.of(job, arguments, context::heartbeat, holder(context)));
        } catch (ConnectorFailure failure) {
            throw failure(failure.error());
        } finally {
            beating.interrupt();
        }
    }

    /** The server tells when a result is durable. */
    private static ResultHolder holder(JobContext context) {
        return new ResultHolder() {
            @Override
            public boolean canHold() {
                return true;
            }

            @Override
            public void hold(Held held) {
                context.onSettled(held::settle);
            }
        };
    }

    /** A call that still runs is alive, however slow the other side is. */
    private static void beat(JobContext context) {
        try {
            while (true) {
                Thread.sleep(BEAT);
                context.heartbeat();
            }
        } catch (InterruptedException | CancellationException over) {
            // Nobody waits for a sign of life any more.
        }
    }

    private static JobFailure failure(WorkflowError error) {
        JobFailure failure = JobFailure.of(error.type(), error.status())
                .title(Objects.requireNonNullElse(error.title(), ""))
                .detail(Objects.requireNonNullElse(error.detail(), ""))
                .notRetryable();
        for (Map.Entry<String, JsonNode> member : error.members().entrySet()) {
            failure = failure.with(member.getKey(), member.getValue());
        }
        return failure;
    }
}
