package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.RecordedEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance at one moment: a fold of its events, immutable. */
public final class InstanceState {

    /** Before the first event. */
    public static InstanceState unborn(UUID id) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The only way to change: the state after this event. Evaluates nothing and reads no definition. */
    public InstanceState evolve(RecordedEvent event) {
        throw new UnsupportedOperationException("to be built");
    }

    public UUID id() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Of the last event; 0 before the first. */
    public long sequence() {
        throw new UnsupportedOperationException("to be built");
    }

    public boolean isBorn() {
        return sequence() > 0;
    }

    public Status status() {
        throw new UnsupportedOperationException("to be built");
    }

    public DefinitionId definition() {
        throw new UnsupportedOperationException("to be built");
    }

    public String contentHash() {
        throw new UnsupportedOperationException("to be built");
    }

    public @Nullable String key() {
        throw new UnsupportedOperationException("to be built");
    }

    public JsonNode input() {
        throw new UnsupportedOperationException("to be built");
    }

    public Map<String, String> tags() {
        throw new UnsupportedOperationException("to be built");
    }

    public Instant startedAt() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Time of the last event. */
    public Instant updatedAt() {
        throw new UnsupportedOperationException("to be built");
    }

    public Optional<Instant> closedAt() {
        throw new UnsupportedOperationException("to be built");
    }

    public Optional<JsonNode> output() {
        throw new UnsupportedOperationException("to be built");
    }

    public Optional<WorkflowError> error() {
        throw new UnsupportedOperationException("to be built");
    }

    /** When it wants a WakeInstance next; empty where no timer is set, or while it is suspended or closed. */
    public Optional<Instant> wakeAt() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Whether a ContinueInstance would have something to do. */
    public boolean canContinue() {
        throw new UnsupportedOperationException("to be built");
    }
}
