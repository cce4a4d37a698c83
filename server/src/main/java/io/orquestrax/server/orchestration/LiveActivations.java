package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.activation.ActivationHistory;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.connector.Connectors;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.JobPresence;
import io.orquestrax.server.partition.InstanceHistory;
import io.orquestrax.server.partition.InstanceRows;
import io.orquestrax.store.instance.EventRow;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps of an instance: what its history tells, and of open jobs what the nodes know now. */
final class LiveActivations {
    /** What is read at a time at the most, so that no reader of an endless history fills the memory. */
    private static final int MOST_EVENTS = 10_000;

    private final InstanceHistory history;
    private final Dispatcher dispatcher;

    LiveActivations(InstanceHistory history, Dispatcher dispatcher) {
        this.history = history;
        this.dispatcher = dispatcher;
    }

    /** All steps; of a long history those that began among its last events. */
    List<Activation> of(UUID instance) {
        long length = history.length(instance);
        if (length == 0) {
            throw CloseWaiter.notFound(instance);
        }
        return length > MOST_EVENTS ? of(instance, length - MOST_EVENTS, MOST_EVENTS) : whole(instance);
    }

    private List<Activation> whole(UUID instance) {
        List<EventRow> rows = history.events(instance);
        return live(
                instance,
                ActivationHistory.fold(
                        instance, rows.stream().map(InstanceRows::recorded).toList()));
    }

    /** Those steps that began after an event, told from at most so many events. */
    List<Activation> of(UUID instance, long afterSequence, int limit) {
        List<RecordedEvent> events = history.firstAndAfter(instance, afterSequence, limit).stream()
                .map(InstanceRows::recorded)
                .toList();
        if (events.isEmpty()) {
            throw CloseWaiter.notFound(instance);
        }
        RecentEvents recent = new RecentEvents(events.subList(1, events.size()));
        return live(
                instance,
                ActivationHistory.fold(instance, recent.after(events.getFirst())).stream()
                        .filter(activation -> recent.hasBegun(activation.activation()))
                        .map(LiveActivations::known)
                        .toList());
    }

    /** Without the values that the events did not tell. */
    private static Activation known(Activation activation) {
        return new Activation(
                activation.activation(),
                activation.parent(),
                activation.task(),
                activation.name(),
                activation.kind(),
                activation.state(),
                activation.attempt(),
                activation.jobType(),
                activation.worker(),
                activation.startedAt(),
                activation.endedAt(),
                told(activation.input()),
                told(activation.output()),
                activation.error(),
                activation.progress(),
                activation.dueAt(),
                activation.explanation(),
                activation.iteration(),
                activation.detail());
    }

    private static @Nullable JsonNode told(@Nullable JsonNode value) {
        return value == null || value.isMissingNode() ? null : value;
    }

    private List<Activation> live(UUID instance, List<Activation> activations) {
        List<JobId> open = activations.stream()
                .filter(LiveActivations::isOpenJob)
                .map(activation -> job(instance, activation))
                .toList();
        if (open.isEmpty()) {
            return activations;
        }
        Map<JobId, JobPresence> presences = dispatcher.workforce().presences(open);
        return activations.stream()
                .map(activation ->
                        isOpenJob(activation) ? live(activation, presences.get(job(instance, activation))) : activation)
                .toList();
    }

    private static boolean isOpenJob(Activation activation) {
        return activation.state() == Activation.State.QUEUED && activation.jobType() != null;
    }

    private static JobId job(UUID instance, Activation activation) {
        return new JobId(instance, activation.activation(), activation.attempt());
    }

    private Activation live(Activation activation, @Nullable JobPresence presence) {
        if (presence != null) {
            return running(activation, presence);
        }
        String type = String.valueOf(activation.jobType());
        return dispatcher.workforce().hasWorkerFor(type) ? activation : explained(activation, withoutWorker(type));
    }

    private static String withoutWorker(String type) {
        String told = "No worker for type " + type + " is connected.";
        return Connectors.ON_DEMAND.contains(type)
                ? told
                        + " An operator allows it with the setting connectors, or starts one: orquestrax worker --connectors "
                        + type
                : told;
    }

    private static Activation running(Activation activation, JobPresence presence) {
        return changed(activation, Activation.State.RUNNING, presence.worker(), presence, activation.explanation());
    }

    private static Activation explained(Activation activation, String explanation) {
        return changed(activation, activation.state(), activation.worker(), null, explanation);
    }

    private static Activation changed(
            Activation of,
            Activation.State state,
            @Nullable String worker,
            @Nullable JobPresence presence,
            @Nullable String explanation) {
        return new Activation(
                of.activation(),
                of.parent(),
                of.task(),
                of.name(),
                of.kind(),
                state,
                of.attempt(),
                of.jobType(),
                worker,
                presence == null ? of.startedAt() : presence.startedAt(),
                of.endedAt(),
                of.input(),
                of.output(),
                of.error(),
                presence == null || presence.progress() == null ? of.progress() : presence.progress(),
                of.dueAt(),
                explanation,
                of.iteration(),
                of.detail());
    }
}
