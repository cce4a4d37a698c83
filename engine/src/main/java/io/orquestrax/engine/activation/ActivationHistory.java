package io.orquestrax.engine.activation;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.activation.Activation.State;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InListen;
import io.orquestrax.engine.state.InSubscription;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The activations of an instance, folded from its history. */
public final class ActivationHistory {
    private final Map<Long, ActivationBuilder> builders = new LinkedHashMap<>();
    private InstanceState state;

    private ActivationHistory(UUID instance) {
        this.state = InstanceState.unborn(instance);
    }

    /**
     * In the order in which they began. An open job is QUEUED here: who runs it now only the dispatcher knows.
     *
     * @param events the whole history, in order
     */
    public static List<Activation> fold(UUID instance, List<RecordedEvent> events) {
        ActivationHistory history = new ActivationHistory(instance);
        events.forEach(history::add);
        List<Activation> activations = new ArrayList<>();
        history.builders.values().forEach(builder -> activations.add(builder.build()));
        return activations;
    }

    private void add(RecordedEvent recorded) {
        Instant time = recorded.time();
        switch (recorded.event()) {
            case Event.TaskStarted started -> open(started, started.kind(), started.input(), time);
            case Event.LoopStarted started -> open(started, "for", started.input(), time);
            case Event.IterationStarted started -> known(started.activation()).run();
            case Event.IterationCompleted completed -> {}
            case Event.EventConsumed consumed -> consume(consumed);
            case Event.ListenStarted started -> {
                ActivationBuilder builder = open(started, "listen", started.input(), time);
                builder.detail(new Detail.Listening(started.types(), 0, false));
                builder.waitFor(waitsFor(started.types(), 0));
            }
            case Event.ExtensionStarted started -> open(started, "extension", null, time);
            case Event.ExtensionAdvanced advanced -> {}
            case Event.ForkStarted started ->
                open(started, "fork", started.input(), time)
                        .detail(new Detail.Fork(started.compete(), started.branches()));
            case Event.ChildStarted started -> {
                ActivationBuilder builder = open(started, "run", started.input(), time);
                builder.detail(new Detail.Child(
                        started.child(), started.namespace(), started.name(), started.version(), started.awaited()));
                if (started.awaited()) {
                    builder.waitFor("Waits for instance " + started.child() + " to end.");
                }
            }
            case Event.ChildRestarted started -> {
                ActivationBuilder builder = known(started.activation());
                if (builder.detail() instanceof Detail.Child child) {
                    builder.detail(new Detail.Child(
                            started.child(), child.namespace(), child.name(), child.version(), child.awaited()));
                }
                builder.waitFor("Waits for instance " + started.child() + " to end.");
            }
            case Event.WaitStarted started ->
                open(started, "wait", started.input(), time).waitUntil(started.due());
            case Event.JobCreated created ->
                open(created, "call", created.input(), time).queueJob(created.jobType(), 1);
            case Event.TaskSkipped skipped ->
                openOrKnown(skipped, skipped.kind(), time).end(State.SKIPPED, time);
            case Event.TaskCompleted completed -> {
                ActivationBuilder builder = openOrKnown(completed, completed.kind(), time);
                if (hasOpenInside(completed.activation())) {
                    endInside(completed.activation(), State.CANCELLED, time);
                }
                builder.executed(completed.execution());
                builder.complete(completed.output(), time);
                if (completed.kind().equals("emit")) {
                    JsonNode output = completed.output();
                    JsonNode envelope = completed.emitted() == null ? output : completed.emitted();
                    builder.detail(new Detail.Emitted(envelope == null ? Json.NODES.nullNode() : envelope));
                }
            }
            case Event.TaskFaulted faulted -> {
                ActivationBuilder builder = openOrKnown(faulted, faulted.kind(), time);
                builder.executed(faulted.execution());
                builder.fault(faulted.error(), time);
                if (hasOpenInside(faulted.activation())) {
                    endInside(faulted.activation(), State.CANCELLED, time);
                }
            }
            case Event.JobFailed failed -> {
                ActivationBuilder builder = known(failed.activation());
                builder.executed(failed.execution());
                builder.backOff(failed.error(), failed.due());
            }
            case Event.JobRetried retried -> known(retried.activation()).queueAgain(retried.attempt());
            case Event.JobLost lost -> {
                ActivationBuilder builder = known(lost.activation());
                builder.queueAgain(lost.execution().attempt() + 1);
                builder.explain("Attempt " + lost.execution().attempt() + " was lost ("
                        + lost.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ") and is offered again.");
            }
            case Event.RetryScheduled scheduled -> {
                endInside(scheduled.activation(), State.FAULTED, time);
                known(scheduled.activation()).retryLater(scheduled.error(), scheduled.attempt(), scheduled.due());
            }
            case Event.RetryStarted started -> known(started.activation()).run();
            case Event.ErrorCaught caught -> {
                endInside(caught.activation(), State.FAULTED, time);
                known(caught.activation()).caught(caught.error());
            }
            case Event.InstanceCancelled cancelled -> endAll(State.CANCELLED, time);
            case Event.InstanceCompleted completed -> endAll(State.COMPLETED, time);
            case Event.InstanceFaulted faulted -> endAll(State.FAULTED, time);
            case Event.InstanceRetried retried ->
                state.frames().stream()
                        .filter(frame -> frame.activation() != Frame.ROOT)
                        .forEach(frame -> known(frame.activation()).reopen());
            case Event.InstanceStarted started -> {}
            case Event.InstanceSuspended suspended -> {}
            case Event.InstanceResumed resumed -> {}
        }
        state = state.evolve(recorded);
        showIteration(recorded.event());
    }

    private void consume(Event.EventConsumed consumed) {
        ActivationBuilder builder = known(consumed.activation());
        if (builder.detail() instanceof Detail.Listening listening) {
            int count = listening.consumed() + 1;
            builder.detail(new Detail.Listening(listening.types(), count, consumed.satisfied()));
            builder.explain(consumed.satisfied() ? null : waitsFor(listening.types(), count));
        }
    }

    private static String waitsFor(List<String> types, int consumed) {
        String what = types.isEmpty() ? "Waits for events" : "Waits for " + String.join(", ", types);
        return consumed == 0 ? what + "." : what + "; " + consumed + " came so far.";
    }

    /** What only the state knows: the items of a loop, and whether a listen task waits again. */
    private void showIteration(Event event) {
        switch (event) {
            case Event.LoopStarted started -> showLoop(started.activation());
            case Event.IterationStarted started -> showLoop(started.activation());
            case Event.IterationCompleted completed -> {
                ActivationBuilder builder = known(completed.activation());
                if (builder.detail() instanceof Detail.Listening listening && !listening.isSatisfied()) {
                    builder.waitFor(waitsFor(listening.types(), listening.consumed()));
                }
            }
            default -> {}
        }
    }

    private void showLoop(long activation) {
        if (state.frame(activation).progress() instanceof Progress.InLoop loop) {
            known(activation).detail(new Detail.Loop(loop.items().size(), loop.index()));
        }
    }

    private boolean hasOpenInside(long activation) {
        return state.find(activation)
                .map(frame -> frame.progress() instanceof Progress.Holder holder
                        && !holder.inside().isEmpty())
                .orElse(false);
    }

    private ActivationBuilder open(Event.Opening event, String kind, @Nullable JsonNode transformed, Instant time) {
        JsonNode raw = state.frame(event.parent()).progress() instanceof Progress.Holder holder
                ? holder.value()
                : Json.NODES.nullNode();
        ActivationBuilder builder =
                new ActivationBuilder(event, kind, raw, transformed == null ? raw : transformed, time);
        switch (state.frame(event.parent()).progress()) {
            case Progress.InLoop loop -> builder.iteration(loop.index());
            case InListen listen -> builder.iteration(listen.outputs().size());
            case InSubscription in when in.message() != null -> builder.iteration(in.count() - 1);
            default -> {}
        }
        builders.put(event.activation(), builder);
        return builder;
    }

    private ActivationBuilder openOrKnown(Event.Opening event, String kind, Instant time) {
        ActivationBuilder builder = builders.get(event.activation());
        return builder == null ? open(event, kind, null, time) : builder;
    }

    private ActivationBuilder known(long activation) {
        ActivationBuilder builder = builders.get(activation);
        if (builder == null) {
            throw new IllegalArgumentException("Expected activation " + activation + " to have begun, but it has not");
        }
        return builder;
    }

    private void endInside(long activation, State as, Instant time) {
        builders.values().stream()
                .filter(builder -> builder.isOpen() && isInside(builder, activation))
                .forEach(builder -> builder.end(as, time));
    }

    private boolean isInside(ActivationBuilder builder, long activation) {
        for (long parent = builder.parent();
                parent != Frame.ROOT;
                parent = known(parent).parent()) {
            if (parent == activation) {
                return true;
            }
        }
        return false;
    }

    private void endAll(State as, Instant time) {
        builders.values().stream().filter(ActivationBuilder::isOpen).forEach(builder -> builder.end(as, time));
    }
}
