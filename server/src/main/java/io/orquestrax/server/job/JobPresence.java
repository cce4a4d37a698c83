package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job that a worker has at this moment. */
public record JobPresence(
        String worker, Instant startedAt, @Nullable JsonNode progress) {}
