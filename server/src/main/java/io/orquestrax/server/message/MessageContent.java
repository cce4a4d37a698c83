package io.orquestrax.server.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.store.message.MessageKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a message says. */
public sealed interface MessageContent {

    MessageKind kind();

    /**
     * Start the instance under the message's id of an instance; where it is there already, nothing happens. Where there
     * is no such definition a parent is told so as of a faulted child, and a schedule's start is dropped with a warning.
     *
     * @param version absent for the highest at the time of the start
     * @param by who started it, for the history
     */
    record Start(String namespace, String name, @Nullable String version, JsonNode input, String by, Origin origin)
            implements MessageContent {
        @Override
        public MessageKind kind() {
            return MessageKind.START;
        }
    }

    /** Cancel the instance; where it is closed, nothing happens. */
    record Cancel(String by, @Nullable String reason) implements MessageContent {
        @Override
        public MessageKind kind() {
            return MessageKind.CANCEL;
        }
    }

    /**
     * A child is closed, and the instance's activation may wait for that.
     *
     * @param output where it completed
     * @param error where it faulted
     */
    record ChildClosed(
            long activation,
            UUID child,
            Status status,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) implements MessageContent {
        @Override
        public MessageKind kind() {
            return MessageKind.CHILD_CLOSED;
        }
    }

    /** An event for what listens in the instance; the event itself stays in {@code cloud_event}. */
    record EventArrived(long position) implements MessageContent {
        @Override
        public MessageKind kind() {
            return MessageKind.EVENT;
        }
    }
}
