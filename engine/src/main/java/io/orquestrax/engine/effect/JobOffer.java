package io.orquestrax.engine.effect;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.JobLimits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a job, ready for a worker.
 *
 * @param task JSON pointer
 * @param createdAt when the job, not this attempt of it, was created
 * @param lastProgress what the attempt before reported last
 */
public record JobOffer(
        UUID instance,
        long activation,
        int attempt,
        String type,
        String task,
        DefinitionId definition,
        @Nullable String businessKey,
        JsonNode arguments,
        JobLimits limits,
        Instant createdAt,
        @Nullable JsonNode lastProgress) {}
