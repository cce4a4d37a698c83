package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.listen.EventMatcher;
import io.orquestrax.engine.listen.EventMatcher.Match;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InListen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for events, and takes those that come (DSL reference, Listen). */
final class Listening {
    private final Run run;
    private final Scope scope;
    private final Flow flow;

    Listening(Run run, Scope scope, Flow flow) {
        this.run = run;
        this.scope = scope;
        this.flow = flow;
    }

    void begin(ListenTask task, Beginning at) {
        EventMatcher matcher = new EventMatcher(task.to());
        ArrayNode expectations = expectations(matcher, at);
        boolean isForeach = task.foreach() != null;
        run.emit(new Event.ListenStarted(
                at.activation(),
                at.parent(),
                task.pointer(),
                at.changedInput(),
                expectations.isEmpty() ? null : expectations,
                isForeach,
                isForeach && matcher.looksBack(),
                matcher.types(expectations),
                at.deadline()));
        subscribe(at.activation(), matcher, expectations);
    }

    private static ArrayNode expectations(EventMatcher matcher, Beginning at) {
        try {
            return matcher.expectations(at.input(), at.variables());
        } catch (ExpressionException failed) {
            throw TaskFailure.ofExpression("listen.to", failed);
        }
    }

    private void subscribe(long activation, EventMatcher matcher, JsonNode expectations) {
        run.effect(new Effect.Subscribe(
                activation, matcher.keys(expectations, run.state().correlations())));
    }

    /** Those that listened when the instance faulted had been unsubscribed. */
    void subscribeAll() {
        for (long activation : run.state().listeners()) {
            Frame frame = run.state().frame(activation);
            subscribe(
                    activation,
                    new EventMatcher(taskOf(frame).to()),
                    listenOf(frame).expectations());
        }
    }

    /** Offers an event to all that listen, the oldest first; it may be taken by several, but only at this one time. */
    void deliver(ReceivedEvent event) {
        if (run.state().status().isClosed() || run.state().hasConsumed(event.position())) {
            return;
        }
        for (long activation : List.copyOf(run.state().listeners())) {
            run.state()
                    .find(activation)
                    .filter(frame -> !run.state().status().isClosed())
                    .ifPresent(frame -> offer(frame, listenOf(frame), event));
        }
        if (run.state().hasConsumed(event.position())) {
            run.effect(new Effect.ConsumeEvent(event.position()));
        }
    }

    private void offer(Frame frame, InListen listen, ReceivedEvent event) {
        ListenTask task = taskOf(frame);
        EventMatcher matcher = new EventMatcher(task.to());
        Variables variables = scope.of(frame);
        Optional<Match> found = matcher.match(
                event.envelope(),
                listen.expectations(),
                listen.filters(),
                run.state().correlations(),
                variables);
        if (found.isEmpty()) {
            return;
        }
        Match match = found.get();
        JsonNode value = match.isOfUntil() ? null : EventMatcher.read(task.read(), event.envelope());
        Collection<Integer> met = listen.filters().plus(match.filter());
        try {
            boolean isSatisfied = matcher.isSatisfied(match, met, () -> seen(listen, value), variables);
            consume(frame, event, match, value, isSatisfied);
            if (isSatisfied) {
                run.effect(new Effect.Unsubscribe(frame.activation()));
            }
        } catch (ExpressionException failed) {
            consume(frame, event, match, value, false);
            TaskFailure failure = TaskFailure.ofExpression("listen.to.until", failed);
            flow.errors().faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
        }
    }

    private static ArrayNode seen(InListen listen, @Nullable JsonNode value) {
        ArrayNode seen = Json.NODES.arrayNode();
        seen.addAll(listen.seen());
        return value == null ? seen : seen.add(value);
    }

    private void consume(Frame frame, ReceivedEvent event, Match match, @Nullable JsonNode value, boolean isSatisfied) {
        run.emit(new Event.EventConsumed(
                frame.activation(),
                frame.task(),
                match.filter(),
                event.position(),
                event.keptUntil(),
                value,
                match.correlations(),
                isSatisfied));
    }

    void step(Frame frame, InListen listen) {
        ListenTask task = taskOf(frame);
        ForeachSpec foreach = task.foreach();
        InListen.Item item = listen.item();
        if (foreach != null && item != null) {
            flow.walk(frame, foreach.tasks(), item.position(), item.value());
        } else if (foreach != null && !listen.queue().isEmpty()) {
            // Where there is no list, the event is what flows through it.
            boolean fromInput = !foreach.tasks().tasks().isEmpty();
            run.emit(new Event.IterationStarted(
                    frame.activation(), frame.task(), listen.outputs().size(), fromInput));
        } else {
            flow.finish(frame, outputs(listen), task.common().then(), null);
        }
    }

    /**
     * An event went through the list.
     *
     * @param exits whether that completes the task
     */
    void finishItem(Frame frame, JsonNode value, boolean exits) {
        ListenTask task = taskOf(frame);
        ForeachSpec foreach = task.foreach();
        if (foreach == null) {
            throw new IllegalStateException("Expected a foreach at " + frame.task());
        }
        int index = listenOf(frame).outputs().size();
        try {
            Variables variables = scope.inside(frame);
            Outcome outcome = Outcome.of("foreach.", foreach.output(), foreach.export(), value, variables);
            run.emit(new Event.IterationCompleted(
                    frame.activation(),
                    frame.task(),
                    index,
                    Evaluation.changedOrNull(outcome.output(), value),
                    outcome.context()));
        } catch (TaskFailure failure) {
            flow.errors().faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
            return;
        }
        if (exits) {
            Frame exited = run.state().frame(frame.activation());
            InListen listen = listenOf(exited);
            if (!listen.isSatisfied()) {
                run.effect(new Effect.Unsubscribe(frame.activation()));
            }
            flow.finish(exited, outputs(listen), task.common().then(), null);
        }
    }

    private static ArrayNode outputs(InListen listen) {
        return Json.NODES.arrayNode().addAll(new ArrayList<>(listen.outputs()));
    }

    private ListenTask taskOf(Frame frame) {
        if (run.plan().task(frame.task()) instanceof ListenTask task) {
            return task;
        }
        throw new IllegalStateException("Expected a listen task at " + frame.task());
    }

    private static InListen listenOf(Frame frame) {
        if (frame.progress() instanceof InListen listen) {
            return listen;
        }
        throw new IllegalStateException("Expected " + frame.task() + " to listen");
    }
}
