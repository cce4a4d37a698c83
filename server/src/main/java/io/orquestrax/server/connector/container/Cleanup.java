package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a container is removed (DSL reference, Lifetime). It stands in labels of the container, so that any connector at
 * the engine can do what is due, however the one that started it ended.
 *
 * @param after of {@code eventually}; zero otherwise
 */
record Cleanup(Kind kind, Duration after) {
    private static final String KIND_LABEL = "io.orquestrax.cleanup";
    private static final String AFTER_LABEL = "io.orquestrax.after";
    private static final String LIMIT_LABEL = "io.orquestrax.limit";
    /** Beyond its own limit a container has lost whoever watched it. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** The author's word. */
    enum Kind {
        ALWAYS,
        NEVER,
        EVENTUALLY
    }

    static Cleanup of(String word, String after) {
        return switch (word) {
            case "always" -> new Cleanup(Kind.ALWAYS, Duration.ZERO);
            case "eventually" -> new Cleanup(Kind.EVENTUALLY, after.isEmpty() ? Duration.ZERO : Duration.parse(after));
            default -> new Cleanup(Kind.NEVER, Duration.ZERO);
        };
    }

    /**
     * @param limit of the run
     */
    Map<String, String> labels(Duration limit) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(KIND_LABEL, kind.name());
        labels.put(AFTER_LABEL, after.toString());
        labels.put(LIMIT_LABEL, limit.toString());
        return labels;
    }

    /** What is due for a container that nobody watches. */
    enum Due {
        NOTHING,
        KILL,
        REMOVE
    }

    /**
     * @param inspected what the engine says of a container
     */
    static Due due(JsonNode inspected, Instant now) {
        JsonNode labels = inspected.path("Config").path("Labels");
        try {
            Kind kind = Kind.valueOf(labels.path(KIND_LABEL).asText());
            Duration after = Duration.parse(labels.path(AFTER_LABEL).asText());
            Duration limit = Duration.parse(labels.path(LIMIT_LABEL).asText());
            JsonNode state = inspected.path("State");
            if (state.path("Running").asBoolean()) {
                Instant startedAt = Instant.parse(state.path("StartedAt").asText());
                return startedAt.plus(limit).plus(MARGIN).isBefore(now) ? Due.KILL : Due.NOTHING;
            }
            // One that never ran has the beginning of all time for its end.
            Instant finishedAt = Instant.parse(state.path("FinishedAt").asText());
            Instant end = finishedAt.getEpochSecond() > 0
                    ? finishedAt
                    : Instant.parse(inspected.path("Created").asText());
            return switch (kind) {
                case ALWAYS -> end.plus(limit).plus(MARGIN).isBefore(now) ? Due.REMOVE : Due.NOTHING;
                case EVENTUALLY -> end.plus(after).isBefore(now) ? Due.REMOVE : Due.NOTHING;
                case NEVER -> Due.NOTHING;
            };
        } catch (DateTimeException | IllegalArgumentException notOfThisVersion) {
            return Due.NOTHING;
        }
    }
}
