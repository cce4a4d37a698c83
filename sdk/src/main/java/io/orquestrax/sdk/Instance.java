package io.orquestrax.sdk;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a definition, as it was when the server answered.
 *
 * @param id UUID
 * @param key business key; null for none
 * @param input null in lists
 * @param output null until completed, and in lists
 * @param error an error object of the DSL; null unless faulted
 * @param wakeAt when a waiting instance wakes by itself; null where it does not
 */
public record Instance(
        String id,
        @Nullable String key,
        DefinitionId definition,
        InstanceStatus status,
        @Nullable Payload input,
        @Nullable Payload output,
        @Nullable Payload error,
        Map<String, String> tags,
        @Nullable Instant startedAt,
        @Nullable Instant updatedAt,
        @Nullable Instant closedAt,
        @Nullable Instant wakeAt) {

    public Instance {
        tags = Map.copyOf(tags);
    }

    public boolean isClosed() {
        return status.isClosed();
    }

    /**
     * The output, read as this type: a record, {@code Map.class}, {@code JsonNode.class} …
     *
     * @throws NotCompletedException where the instance is not completed
     * @throws PayloadException where the output does not fit the type
     */
    public <T> T outputAs(Class<T> type) {
        return completedOutput().as(type);
    }

    /**
     * The output's JSON.
     *
     * @throws NotCompletedException where the instance is not completed
     */
    public Payload completedOutput() {
        if (status != InstanceStatus.COMPLETED) {
            throw new NotCompletedException(this);
        }
        return output == null ? Payload.of(null) : output;
    }
}
