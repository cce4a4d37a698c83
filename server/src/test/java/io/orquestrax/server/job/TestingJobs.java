package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Offers, hellos and results for tests. */
final class TestingJobs {
    static final String TYPE = "charge";
    static final JobRetryPolicy POLICY = new JobRetryPolicy(3, Duration.ofSeconds(1), 2, null, 0, Set.of());
    static final WorkflowError ERROR = new WorkflowError("https://example.com/declined", 402, null, "Declined", null);

    private TestingJobs() {}

    static JobOffer offer(int number) {
        return offer(number, TYPE, JobLimits.NONE);
    }

    static JobOffer offer(int number, String type, JobLimits limits) {
        return new JobOffer(
                instance(number),
                1,
                1,
                type,
                "/do/0/charge",
                new DefinitionId("shop", "order", "1.0.0"),
                null,
                json("{\"number\":" + number + "}"),
                limits,
                Instant.parse("2026-01-01T00:00:00Z"),
                null);
    }

    static JobOffer prioritized(int number, int priority) {
        return offer(number, TYPE, new JobLimits(null, null, null, null, priority));
    }

    static JobOffer nextAttempt(JobOffer offer) {
        return changed(offer, offer.attempt() + 1, offer.arguments());
    }

    static JobOffer withArguments(JobOffer offer, String json) {
        return changed(offer, offer.attempt(), json(json));
    }

    private static JobOffer changed(JobOffer offer, int attempt, JsonNode arguments) {
        return new JobOffer(
                offer.instance(),
                offer.activation(),
                attempt,
                offer.type(),
                offer.task(),
                offer.definition(),
                offer.businessKey(),
                arguments,
                offer.limits(),
                offer.createdAt(),
                null);
    }

    static UUID instance(int number) {
        return new UUID(0x0198_0000_0000_7000L, number);
    }

    static JobId id(int number) {
        return new JobId(instance(number), 1, 1);
    }

    static WorkerHello hello(String worker, int capacity, JobId... claims) {
        return hello(worker, capacity, List.of(type(TYPE, POLICY)), claims);
    }

    static WorkerHello hello(String worker, int capacity, List<WorkerHello.JobType> types, JobId... claims) {
        return new WorkerHello(
                worker,
                worker,
                types,
                capacity,
                "host",
                1,
                "java",
                "1",
                "build",
                Arrays.stream(claims)
                        .map(claim -> new WorkerHello.Claim(claim, null))
                        .toList());
    }

    static WorkerHello.JobType type(String type, @Nullable JobRetryPolicy policy) {
        return new WorkerHello.JobType(type, policy, null, null);
    }

    static JobResult completed(int number) {
        return new JobResult.Completed(id(number), null, json("{\"done\":true}"));
    }

    static JobResult failed(int number) {
        return new JobResult.Failed(id(number), null, ERROR, true);
    }

    static JsonNode json(String text) {
        return Json.readTrusted(text);
    }
}
