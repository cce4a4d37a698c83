package io.orquestrax.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.event.ReceivedEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request to change an instance. */
public sealed interface Command {

    /** Accepted again for an instance that is there already, with no events. */
    record StartInstance(
            @Nullable String key,
            JsonNode input,
            Map<String, String> tags,
            String by,
            @Nullable Origin origin) implements Command {

        /** By a caller, not by another instance or a schedule. */
        public StartInstance(@Nullable String key, JsonNode input, Map<String, String> tags, String by) {
            this(key, input, tags, by, null);
        }
    }

    /** Goes on where the decision before came to its limit, or where recovery found the instance able to go on. */
    record ContinueInstance() implements Command {}

    /** Fires every timer that is due. */
    record WakeInstance() implements Command {}

    record CompleteJob(
            long activation,
            int attempt,
            @Nullable String worker,
            @Nullable Instant startedAt,
            JsonNode output) implements Command {}

    /**
     * @param retryable false where the handler says that trying again is of no use
     * @param policy of the handler; absent where it declared none
     */
    record FailJob(
            long activation,
            int attempt,
            @Nullable String worker,
            @Nullable Instant startedAt,
            WorkflowError error,
            boolean retryable,
            @Nullable JobRetryPolicy policy,
            @Nullable JsonNode progress)
            implements Command {}

    record LoseJob(
            long activation,
            int attempt,
            @Nullable String worker,
            @Nullable Instant startedAt,
            LossReason reason,
            @Nullable JsonNode progress)
            implements Command {}

    /**
     * Somebody runs this attempt, and whoever hands jobs out knows nothing of it, as where the instance is suspended.
     * Accepted where the attempt is open; it is offered again then to whoever has it. Leads to no event.
     */
    record ClaimJob(long activation, int attempt) implements Command {}

    record CancelInstance(String by, @Nullable String reason) implements Command {}

    record SuspendInstance(String by, @Nullable String reason) implements Command {}

    record ResumeInstance(String by, @Nullable String reason) implements Command {}

    record RetryInstance(String by, @Nullable String reason) implements Command {}

    /** Offers an event to everything in the instance that listens; of no effect where nothing wants it. */
    record DeliverEvent(ReceivedEvent event) implements Command {}

    /**
     * A child that the activation waits for is closed.
     *
     * @param output where it completed
     * @param error where it faulted
     */
    record ReportChild(
            long activation,
            UUID child,
            Status status,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) implements Command {}
}
