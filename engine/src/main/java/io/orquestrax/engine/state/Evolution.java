package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState.Activity;
import io.orquestrax.engine.state.InstanceState.Birth;
import io.orquestrax.engine.state.InstanceState.Closing;
import io.orquestrax.engine.state.InstanceState.Phase;
import io.orquestrax.engine.state.Progress.InJob;
import io.orquestrax.engine.state.Progress.InList;
import io.orquestrax.engine.state.Progress.InTry;
import io.orquestrax.engine.state.Progress.InWait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;

/** Folds one event into a state. Works on parts of its own and ends in a new state. */
final class Evolution {
    private final InstanceState before;
    private final Instant time;
    private @Nullable Birth birth;
    private Closing closing;
    private JsonNode context;
    private PMap<Long, Frame> frames;
    private PSortedSet<Long> ready;
    private PSortedSet<Timer> timers;
    private int working;
    private long nextActivation;

    private Evolution(InstanceState before, Instant time) {
        this.before = before;
        this.time = time;
        this.birth = before.birthOrNull();
        this.closing = before.closing();
        this.context = before.context();
        Activity activity = before.activity();
        this.frames = activity.frames();
        this.ready = activity.ready();
        this.timers = activity.timers();
        this.working = activity.working();
        this.nextActivation = activity.nextActivation();
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
                new Activity(
                        evolution.frames,
                        evolution.ready,
                        evolution.timers,
                        evolution.working,
                        evolution.nextActivation));
    }

    private void apply(Event event) {
        switch (event) {
            case Event.InstanceStarted started -> start(started);
            case Event.TaskStarted started -> startTask(started);
            case Event.WaitStarted started -> {
                open(started, "wait", started.input(), new InWait(started.due()));
                setTimer(started.due(), started.activation(), Timer.Kind.WAIT);
                setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
            }
            case Event.JobCreated created -> createJob(created);
            case Event.TaskSkipped skipped -> {
                countActivation(skipped.activation());
                moveOn(skipped.parent(), new Position.After(skipped.task(), Directive.CONTINUE));
            }
            case Event.TaskCompleted completed -> complete(completed);
            case Event.TaskFaulted faulted -> {
                countActivation(faulted.activation());
                close(faulted.activation());
                moveOn(faulted.parent(), new Position.Before(faulted.task()));
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
                dropAll();
            }
            case Event.InstanceCompleted completed -> {
                closing = new Closing(Phase.COMPLETED, time, completed.output(), null);
                dropAll();
            }
            case Event.InstanceFaulted faulted -> closing = new Closing(Phase.FAULTED, time, null, faulted.error());
            case Event.InstanceRetried retried -> {
                closing = Closing.OPEN;
                dropTimeouts();
            }
        }
    }

    private void start(Event.InstanceStarted started) {
        birth = new Birth(
                started.definition(), started.contentHash(), started.key(), started.input(), started.tags(), time);
        JsonNode input = orElse(started.transformedInput(), started.input());
        put(new Frame(
                Frame.ROOT,
                Frame.ROOT,
                "",
                "workflow",
                started.input(),
                input,
                time,
                new InList(new Position.AtStart(), input),
                List.of()));
        setTimer(started.deadline(), Frame.ROOT, Timer.Kind.TIMEOUT);
    }

    private void startTask(Event.TaskStarted started) {
        JsonNode raw = valueOf(started.parent());
        JsonNode input = orElse(started.input(), raw);
        Progress progress = started.kind().equals("try")
                ? new InTry(InTry.Phase.BODY, 1, null, null, new Position.AtStart(), input)
                : new InList(new Position.AtStart(), input);
        open(started, started.kind(), started.input(), progress);
        setTimer(started.deadline(), started.activation(), Timer.Kind.TIMEOUT);
        setTimer(started.attemptDeadline(), started.activation(), Timer.Kind.ATTEMPT);
    }

    private void createJob(Event.JobCreated created) {
        JsonNode input = orElse(created.input(), valueOf(created.parent()));
        JsonNode arguments = orElse(created.arguments(), input);
        open(
                created,
                "call",
                created.input(),
                new InJob(created.jobType(), arguments, created.limits(), time, 1, 0, 0, false, null, null));
        setTimer(created.totalDue(), created.activation(), Timer.Kind.JOB_TOTAL);
        setTimer(created.deadline(), created.activation(), Timer.Kind.TIMEOUT);
    }

    private void complete(Event.TaskCompleted completed) {
        countActivation(completed.activation());
        Frame own = frames.get(completed.activation());
        JsonNode raw = own == null ? valueOf(completed.parent()) : own.raw();
        close(completed.activation());
        JsonNode newContext = completed.context();
        if (newContext != null) {
            context = newContext;
        }
        Frame parent = frame(completed.parent());
        Progress.OfList list = list(parent);
        put(parent.with((Progress)
                list.moved(new Position.After(completed.task(), completed.then()), orElse(completed.output(), raw))));
    }

    private void failJob(Event.JobFailed failed) {
        Frame frame = frame(failed.activation());
        put(frame.with(job(frame).failed(failed.due(), failed.progress())));
        setTimer(failed.due(), failed.activation(), Timer.Kind.JOB_RETRY);
    }

    private void retryJob(Event.JobRetried retried) {
        clearTimer(retried.activation(), Timer.Kind.JOB_RETRY);
        Frame frame = frame(retried.activation());
        put(frame.with(job(frame).offered()));
    }

    private void loseJob(Event.JobLost lost) {
        Frame frame = frame(lost.activation());
        put(frame.with(job(frame).lost(lost.reason().isCounted(), lost.progress())));
    }

    private void scheduleRetry(Event.RetryScheduled scheduled) {
        clearTimer(scheduled.activation(), Timer.Kind.ATTEMPT);
        Frame frame = frame(scheduled.activation());
        InTry tried = tried(frame);
        dropInside(frame);
        put(frame.with(new InTry(
                InTry.Phase.BACKOFF,
                scheduled.attempt(),
                tried.firstFailedAt() == null ? time : tried.firstFailedAt(),
                scheduled.error(),
                new Position.AtStart(),
                frame.input())));
        setTimer(scheduled.due(), frame.activation(), Timer.Kind.RETRY);
    }

    private void startRetry(Event.RetryStarted started) {
        clearTimer(started.activation(), Timer.Kind.RETRY);
        Frame frame = frame(started.activation());
        InTry tried = tried(frame);
        put(frame.with(new InTry(
                InTry.Phase.BODY,
                started.attempt(),
                tried.firstFailedAt(),
                tried.error(),
                new Position.AtStart(),
                frame.input())));
        setTimer(started.attemptDeadline(), frame.activation(), Timer.Kind.ATTEMPT);
    }

    private void catchError(Event.ErrorCaught caught) {
        clearTimer(caught.activation(), Timer.Kind.ATTEMPT);
        Frame frame = frame(caught.activation());
        InTry tried = tried(frame);
        dropInside(frame);
        put(frame.with(new InTry(
                InTry.Phase.HANDLER,
                tried.attempt(),
                tried.firstFailedAt() == null ? time : tried.firstFailedAt(),
                caught.error(),
                new Position.AtStart(),
                frame.input())));
    }

    private void open(Event.Opening event, String kind, @Nullable JsonNode transformed, Progress progress) {
        countActivation(event.activation());
        JsonNode raw = valueOf(event.parent());
        moveOn(event.parent(), new Position.Inside(event.activation()));
        put(new Frame(
                event.activation(),
                event.parent(),
                event.task(),
                kind,
                raw,
                orElse(transformed, raw),
                time,
                progress,
                List.of()));
    }

    private void countActivation(long activation) {
        nextActivation = Math.max(nextActivation, activation + 1);
    }

    private void moveOn(long parent, Position position) {
        Frame frame = frame(parent);
        Progress.OfList list = list(frame);
        put(frame.with(list.moved(position, list.value())));
    }

    private void put(Frame frame) {
        Frame replaced = frames.get(frame.activation());
        working += (frame.isWorking() ? 1 : 0) - (replaced != null && replaced.isWorking() ? 1 : 0);
        frames = frames.plus(frame.activation(), frame);
        ready = frame.isReady() ? ready.plus(frame.activation()) : ready.minus(frame.activation());
    }

    private void close(long activation) {
        Frame frame = frames.get(activation);
        if (frame == null) {
            return;
        }
        dropInside(frame);
        drop(frame);
    }

    /** Drops every activation inside this one. */
    private void dropInside(Frame frame) {
        if (frame.progress() instanceof Progress.OfList list && list.position() instanceof Position.Inside inside) {
            Frame child = frame(inside.activation());
            dropInside(child);
            drop(child);
        }
    }

    private void drop(Frame frame) {
        frames = frames.minus(frame.activation());
        ready = ready.minus(frame.activation());
        working -= frame.isWorking() ? 1 : 0;
        timers = timers.minusAll(frame.timers());
    }

    private void dropAll() {
        frames = Activity.NONE.frames();
        ready = Activity.NONE.ready();
        timers = Activity.NONE.timers();
        working = 0;
    }

    /** The time that was given has passed while nobody worked: what is retried by hand goes on without it. */
    private void dropTimeouts() {
        for (Frame frame : frames.values()) {
            clearTimer(frame.activation(), Timer.Kind.TIMEOUT);
            clearTimer(frame.activation(), Timer.Kind.ATTEMPT);
            clearTimer(frame.activation(), Timer.Kind.JOB_TOTAL);
        }
    }

    private void setTimer(@Nullable Instant due, long activation, Timer.Kind kind) {
        if (due == null) {
            return;
        }
        Timer timer = new Timer(due, activation, kind);
        timers = timers.plus(timer);
        Frame frame = frame(activation);
        List<Timer> own = new ArrayList<>(frame.timers());
        own.add(timer);
        put(frame.withTimers(own));
    }

    private void clearTimer(long activation, Timer.Kind kind) {
        Frame frame = frame(activation);
        for (Timer timer : frame.timers()) {
            if (timer.kind() == kind) {
                timers = timers.minus(timer);
                List<Timer> rest = new ArrayList<>(frame.timers());
                rest.remove(timer);
                put(frame.withTimers(rest));
                return;
            }
        }
    }

    private JsonNode valueOf(long activation) {
        return list(frame(activation)).value();
    }

    private Frame frame(long activation) {
        Frame frame = frames.get(activation);
        if (frame == null) {
            throw new IllegalArgumentException(
                    "Expected activation " + activation + " of instance " + before.id() + " to be open, but it is not");
        }
        return frame;
    }

    private static Progress.OfList list(Frame frame) {
        return switch (frame.progress()) {
            case Progress.OfList list -> list;
            case InJob job -> throw notAList(frame);
            case InWait waiting -> throw notAList(frame);
        };
    }

    private static IllegalArgumentException notAList(Frame frame) {
        return new IllegalArgumentException("Expected a task with a list at " + frame.task());
    }

    private static InJob job(Frame frame) {
        if (frame.progress() instanceof InJob job) {
            return job;
        }
        throw new IllegalArgumentException("Expected a job at " + frame.task());
    }

    private static InTry tried(Frame frame) {
        if (frame.progress() instanceof InTry tried) {
            return tried;
        }
        throw new IllegalArgumentException("Expected a try task at " + frame.task());
    }

    private static JsonNode orElse(@Nullable JsonNode value, JsonNode otherwise) {
        return value == null ? otherwise : value;
    }
}
