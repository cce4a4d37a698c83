package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.Correspondence.Consumption;
import io.orquestrax.engine.state.InstanceState.Birth;
import io.orquestrax.engine.state.InstanceState.Closing;
import io.orquestrax.engine.state.InstanceState.Phase;
import io.orquestrax.engine.state.Progress.InChild;
import io.orquestrax.engine.state.Progress.InExtension;
import io.orquestrax.engine.state.Progress.InJob;
import io.orquestrax.engine.state.Progress.InList;
import io.orquestrax.engine.state.Progress.InLoop;
import io.orquestrax.engine.state.Progress.InTry;
import io.orquestrax.engine.state.Progress.InWait;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Folds one event into a state. Works on parts of its own and ends in a new state. */
final class Evolution {
    private final InstanceState before;
    private final Instant time;
    private final OpenFrames frames;
    private @Nullable Birth birth;
    private Closing closing;
    private JsonNode context;
    private Correspondence correspondence;

    private Evolution(InstanceState before, Instant time) {
        this.before = before;
        this.time = time;
        this.correspondence = before.correspondence();
        this.frames = new OpenFrames(before.id(), before.activity(), correspondence.listeners());
        this.birth = before.birthOrNull();
        this.closing = before.closing();
        this.context = before.context();
    }

    static InstanceState of(InstanceState before, RecordedEvent recorded) {
        if (recorded.sequence() != before.sequence() + 1) {
            throw new IllegalArgumentException("Expected event " + (before.sequence() + 1) + " of instance "
                    + before.id() + ", but got " + recorded.sequence());
        }
        Evolution evolution = new Evolution(before, recorded.time());
        evolution.apply(recorded.event());
        return new InstanceState(
                before.id(),
                recorded.sequence(),
                recorded.time(),
                evolution.birth,
                evolution.closing,
                evolution.context,
                evolution.frames.toActivity(),
                evolution.correspondence.withListeners(evolution.frames.listeners()));
    }

    private void apply(Event event) {
        switch (event) {
            case Event.InstanceStarted started -> start(started);
            case Event.Opening opening -> apply(opening);
            case Event.IterationStarted started -> iterate(started);
            case Event.ExtensionAdvanced advanced -> {
                InExtension extension = frames.progress(advanced.activation(), InExtension.class);
                JsonNode raw = frames.get(advanced.activation()).raw();
                frames.change(advanced.activation(), extension.advanced(advanced.phase(), raw));
            }
            case Event.IterationCompleted completed -> completeIteration(completed);
            case Event.EventConsumed consumed -> {
                InListen listen = frames.progress(consumed.activation(), InListen.class);
                frames.change(
                        consumed.activation(),
                        listen.consumed(consumed.filter(), consumed.value(), consumed.satisfied()));
                correspondence = correspondence.consuming(
                        new Consumption(consumed.keptUntil(), consumed.position()), consumed.correlations(), time);
            }
            case Event.ChildRestarted started -> {
                InChild child = frames.progress(started.activation(), InChild.class);
                frames.change(started.activation(), child.restarted(started.child(), started.number()));
            }
            case Event.JobFailed failed -> failJob(failed);
            case Event.JobRetried retried -> retryJob(retried);
            case Event.JobLost lost -> loseJob(lost);
            case Event.RetryScheduled scheduled -> scheduleRetry(scheduled);
            case Event.RetryStarted started -> startRetry(started);
            case Event.ErrorCaught caught -> catchError(caught);
            case Event.InstanceSuspended suspended -> closing = Closing.SUSPENDED;
            case Event.InstanceResumed resumed -> closing = Closing.OPEN;
            case Event.InstanceCancelled cancelled -> {
                closing = new Closing(Phase.CANCELLED, time, null, null);
                frames.dropAll();
            }
            case Event.InstanceCompleted completed -> {
                closing = new Closing(Phase.COMPLETED, time, completed.output(), null);
                frames.dropAll();
            }
            case Event.InstanceFaulted faulted -> closing = new Closing(Phase.FAULTED, time, null, faulted.error());
            case Event.InstanceRetried retried -> {
                closing = Closing.OPEN;
                frames.all().forEach(this::reopen);
            }
        }
    }

    private void apply(Event.Opening event) {
        frames.count(event.activation());
        switch (event) {
            case Event.TaskStarted started -> startTask(started);
            case Event.LoopStarted started -> {
                open(started, "for", started.input(), input -> InLoop.before(orElse(started.items(), input), input));
                frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
            }
            case Event.ForkStarted started -> {
                open(
                        started,
                        "fork",
                        started.input(),
                        input -> InFork.of(started.compete(), started.branches(), input));
                frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
            }
            case Event.WaitStarted started -> {
                open(started, "wait", started.input(), input -> new InWait(started.due()));
                frames.setTimer(started.due(), started.activation(), Timer.Kind.WAIT);
                frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
            }
            case Event.JobCreated created -> createJob(created);
            case Event.ExtensionStarted started ->
                open(started, "extension", null, raw -> InExtension.at(started.phase(), started.applies(), raw));
            case Event.ListenStarted started -> {
                JsonNode expectations = orElse(started.expectations(), Json.NODES.arrayNode());
                InListen listen = InListen.to(expectations, started.foreach(), started.looksBack());
                open(started, "listen", started.input(), input -> listen);
                frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
            }
            case Event.ChildStarted started -> startChild(started);
            case Event.TaskSkipped skipped -> {
                frames.close(skipped.activation());
                frames.change(skipped.parent(), frames.holder(skipped.parent()).skipped(skipped.task()));
            }
            case Event.TaskCompleted completed -> complete(completed);
            case Event.TaskFaulted faulted -> {
                frames.close(faulted.activation());
                Progress.Holder parent = frames.holder(faulted.parent());
                Position again = new Position.Before(faulted.task());
                frames.change(faulted.parent(), parent.moved(faulted.task(), again, parent.value()));
            }
        }
    }

    private void start(Event.InstanceStarted started) {
        birth = new Birth(
                started.definition(),
                started.contentHash(),
                started.key(),
                started.input(),
                started.tags(),
                time,
                started.origin());
        JsonNode input = orElse(started.transformedInput(), started.input());
        frames.put(new Frame(
                Frame.ROOT,
                Frame.ROOT,
                "",
                "workflow",
                started.input(),
                input,
                time,
                new InList(new Position.AtStart(), input),
                List.of()));
        frames.setTimer(started.deadline(), Frame.ROOT, Timer.Kind.TIMEOUT);
    }

    private void startTask(Event.TaskStarted started) {
        open(started, started.kind(), started.input(), input -> switch (started.kind()) {
            case "try" -> new InTry(InTry.Phase.BODY, 1, null, null, new Position.AtStart(), input);
            case SubscriptionTask.KIND ->
                InSubscription.with(started.activation(), orElse(started.value(), input), time);
            default -> new InList(new Position.AtStart(), orElse(started.value(), input));
        });
        frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
        frames.setTimer(started.attemptDeadline(), started.activation(), Timer.Kind.ATTEMPT);
    }

    private void iterate(Event.IterationStarted started) {
        Frame frame = frames.get(started.activation());
        JsonNode input = started.fromInput() ? frame.input() : null;
        if (frame.progress() instanceof InListen listen) {
            frames.change(started.activation(), listen.iterating(input));
        } else if (frame.progress() instanceof InSubscription subscription) {
            frames.change(started.activation(), subscription.iterating(input));
        } else {
            InLoop loop = frames.progress(started.activation(), InLoop.class);
            frames.change(started.activation(), loop.iterating(started.index()));
        }
    }

    private void completeIteration(Event.IterationCompleted completed) {
        changeContext(completed.context());
        if (frames.get(completed.activation()).progress() instanceof InSubscription subscription) {
            JsonNode output = orElse(completed.output(), subscription.value());
            frames.change(completed.activation(), subscription.iterated(output));
        } else {
            InListen listen = frames.progress(completed.activation(), InListen.class);
            frames.change(completed.activation(), listen.iterated(orElse(completed.output(), listen.value())));
        }
    }

    private void createJob(Event.JobCreated created) {
        open(
                created,
                "call",
                created.input(),
                input -> new InJob(
                        created.jobType(),
                        orElse(created.arguments(), input),
                        created.limits(),
                        time,
                        1,
                        0,
                        0,
                        false,
                        null,
                        null));
        frames.setTimer(created.totalDue(), created.activation(), Timer.Kind.JOB_TOTAL);
        frames.setTimer(created.deadline(), created.activation(), Timer.Kind.TIMEOUT);
    }

    private void startChild(Event.ChildStarted started) {
        open(
                started,
                "run",
                started.input(),
                input -> new InChild(
                        started.child(),
                        started.namespace(),
                        started.name(),
                        started.version(),
                        orElse(started.childInput(), input),
                        started.awaited(),
                        1));
        frames.setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
    }

    private void complete(Event.TaskCompleted completed) {
        Frame own = frames.find(completed.activation());
        JsonNode raw = own == null ? frames.holder(completed.parent()).value() : own.raw();
        frames.close(completed.activation());
        changeContext(completed.context());
        Progress.Holder parent = frames.holder(completed.parent());
        Position after = new Position.After(completed.task(), completed.then());
        frames.change(completed.parent(), parent.moved(completed.task(), after, orElse(completed.output(), raw)));
    }

    private void changeContext(@Nullable JsonNode changed) {
        if (changed != null) {
            context = changed;
        }
    }

    private void failJob(Event.JobFailed failed) {
        InJob job = frames.progress(failed.activation(), InJob.class);
        frames.change(failed.activation(), job.failed(failed.due(), failed.progress()));
        frames.setTimer(failed.due(), failed.activation(), Timer.Kind.JOB_RETRY);
    }

    private void retryJob(Event.JobRetried retried) {
        frames.clearTimer(retried.activation(), Timer.Kind.JOB_RETRY);
        InJob job = frames.progress(retried.activation(), InJob.class);
        frames.change(retried.activation(), job.offered());
    }

    private void loseJob(Event.JobLost lost) {
        InJob job = frames.progress(lost.activation(), InJob.class);
        frames.change(lost.activation(), job.lost(lost.reason().isCounted(), lost.progress()));
    }

    private void scheduleRetry(Event.RetryScheduled scheduled) {
        frames.clearTimer(scheduled.activation(), Timer.Kind.ATTEMPT);
        Frame frame = frames.get(scheduled.activation());
        InTry tried = frames.progress(scheduled.activation(), InTry.class);
        frames.dropInside(frame);
        frames.put(frame.with(new InTry(
                InTry.Phase.BACKOFF,
                scheduled.attempt(),
                tried.firstFailedAt() == null ? time : tried.firstFailedAt(),
                scheduled.error(),
                new Position.AtStart(),
                frame.input())));
        frames.setTimer(scheduled.due(), frame.activation(), Timer.Kind.RETRY);
    }

    private void startRetry(Event.RetryStarted started) {
        frames.clearTimer(started.activation(), Timer.Kind.RETRY);
        Frame frame = frames.get(started.activation());
        InTry tried = frames.progress(started.activation(), InTry.class);
        frames.put(frame.with(new InTry(
                InTry.Phase.BODY,
                started.attempt(),
                tried.firstFailedAt(),
                tried.error(),
                new Position.AtStart(),
                frame.input())));
        frames.setTimer(started.attemptDeadline(), frame.activation(), Timer.Kind.ATTEMPT);
    }

    private void catchError(Event.ErrorCaught caught) {
        frames.clearTimer(caught.activation(), Timer.Kind.ATTEMPT);
        Frame frame = frames.get(caught.activation());
        InTry tried = frames.progress(caught.activation(), InTry.class);
        frames.dropInside(frame);
        frames.put(frame.with(new InTry(
                InTry.Phase.HANDLER,
                tried.attempt(),
                tried.firstFailedAt() == null ? time : tried.firstFailedAt(),
                caught.error(),
                new Position.AtStart(),
                frame.input())));
    }

    /**
     * @param progress of the transformed input
     */
    private void open(
            Event.Opening event, String kind, @Nullable JsonNode transformed, Function<JsonNode, Progress> progress) {
        Progress.Holder parent = frames.holder(event.parent());
        JsonNode raw = parent.value();
        JsonNode input = orElse(transformed, raw);
        frames.change(event.parent(), parent.moved(event.task(), new Position.Inside(event.activation()), raw));
        frames.put(new Frame(
                event.activation(),
                event.parent(),
                event.task(),
                kind,
                raw,
                input,
                time,
                progress.apply(input),
                List.of()));
    }

    /** The time that was given has passed while nobody worked: what is retried by hand goes on without it. */
    private void reopen(Frame frame) {
        if (frame.progress() instanceof InFork fork && fork.isLost()) {
            frames.change(frame.activation(), fork.reopened());
        }
        frames.clearTimer(frame.activation(), Timer.Kind.TIMEOUT);
        frames.clearTimer(frame.activation(), Timer.Kind.ATTEMPT);
        frames.clearTimer(frame.activation(), Timer.Kind.JOB_TOTAL);
    }

    private static JsonNode orElse(@Nullable JsonNode value, JsonNode otherwise) {
        return value == null ? otherwise : value;
    }
}
