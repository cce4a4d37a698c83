package io.orquestrax.engine.effect;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must happen outside after the events are durable. */
public sealed interface Effect {

    /** Hand this attempt to a worker; of no effect where it is queued or with a worker already. */
    record OfferJob(JobOffer offer) implements Effect {}

    /**
     * The instance goes on, and with it an attempt that a worker may have been given before: as after a recovery, it is
     * lost where nobody knows it any more, so that no attempt is given out twice.
     */
    record OfferJobAgain(JobOffer offer) implements Effect {}

    /** The attempt's result no longer matters: take it from the queue, or tell its worker to stop. */
    record WithdrawJob(long activation, int attempt) implements Effect {}

    /** The instance is suspended: take the attempt from the queue, unless a worker has it already. */
    record HoldJob(long activation, int attempt) implements Effect {}

    /** The decision came to its limit of tasks: send ContinueInstance. */
    record ContinueLater() implements Effect {}

    /** One that must not be lost with the node: it is written in the transaction that makes the events durable. */
    sealed interface Durable extends Effect {}

    /**
     * Start an instance of another definition under this id. Where there is no such definition, the activation is told
     * so as of a faulted child.
     *
     * @param version absent for the highest
     */
    record StartChild(
            UUID child,
            String namespace,
            String name,
            @Nullable String version,
            JsonNode input,
            Origin.Parent parent) implements Durable {}

    /** Cancel a child whose end is waited for no more. */
    record CancelChild(UUID child, String reason) implements Durable {}

    /** Tell the parent that its child, this instance, is closed. */
    record ReportToParent(
            Origin.Parent parent,
            Status status,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) implements Durable {}

    /** Tell the definition's schedule that an instance which it started is closed. */
    record ReportToSchedule(String trigger, Instant closedAt) implements Durable {}

    /** Store an event that the instance emits, and deliver it as one that came from outside. */
    record PublishEvent(JsonNode envelope) implements Durable {}

    /** Deliver the events that any of these keys may match, those included that are kept already. */
    record Subscribe(long activation, List<SubscriptionKey> keys) implements Durable {
        public Subscribe {
            keys = List.copyOf(keys);
        }
    }

    /** Deliver no more events to this activation. */
    record Unsubscribe(long activation) implements Durable {}

    /** The event of this position was consumed: it is not kept for listeners of instances that start later. */
    record ConsumeEvent(long position) implements Durable {}
}
