package io.orquestrax.engine.state;

import io.orquestrax.engine.state.InstanceState.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;

/** The open activations with their timers, while one event is folded. */
final class OpenFrames {
    private final UUID instance;
    private PMap<Long, Frame> frames;
    private PSortedSet<Long> ready;
    private PSortedSet<Timer> timers;
    private int working;
    private long nextActivation;
    private PSortedSet<Long> listeners;

    OpenFrames(UUID instance, Activity activity, PSortedSet<Long> listeners) {
        this.listeners = listeners;
        this.instance = instance;
        this.frames = activity.frames();
        this.ready = activity.ready();
        this.timers = activity.timers();
        this.working = activity.working();
        this.nextActivation = activity.nextActivation();
    }

    Activity toActivity() {
        return new Activity(frames, ready, timers, working, nextActivation);
    }

    PSortedSet<Long> listeners() {
        return listeners;
    }

    Collection<Frame> all() {
        return frames.values();
    }

    @Nullable
    Frame find(long activation) {
        return frames.get(activation);
    }

    Frame get(long activation) {
        Frame frame = frames.get(activation);
        if (frame == null) {
            throw new IllegalArgumentException(
                    "Expected activation " + activation + " of instance " + instance + " to be open, but it is not");
        }
        return frame;
    }

    /** The task of this activation as one that holds others. */
    Progress.Holder holder(long activation) {
        Frame frame = get(activation);
        if (frame.progress() instanceof Progress.Holder holder) {
            return holder;
        }
        throw new IllegalArgumentException("Expected a task that holds others at " + frame.task());
    }

    <P extends Progress> P progress(long activation, Class<P> kind) {
        Frame frame = get(activation);
        if (kind.isInstance(frame.progress())) {
            return kind.cast(frame.progress());
        }
        throw new IllegalArgumentException("Expected " + kind.getSimpleName() + " at " + frame.task());
    }

    void change(long activation, Progress progress) {
        put(get(activation).with(progress));
    }

    void put(Frame frame) {
        Frame replaced = frames.get(frame.activation());
        working += (frame.isWorking() ? 1 : 0) - (replaced != null && replaced.isWorking() ? 1 : 0);
        frames = frames.plus(frame.activation(), frame);
        ready = frame.isReady() ? ready.plus(frame.activation()) : ready.minus(frame.activation());
        if (frame.progress() instanceof InListen listen) {
            listeners = listen.isSatisfied() ? listeners.minus(frame.activation()) : listeners.plus(frame.activation());
        }
    }

    /** One that was open before, with its timers. */
    void open(Frame frame) {
        put(frame);
        timers = timers.plusAll(frame.timers());
    }

    void count(long activation) {
        nextActivation = Math.max(nextActivation, activation + 1);
    }

    /** Drops this activation, where it is open, and every one inside it. */
    void close(long activation) {
        Frame frame = frames.get(activation);
        if (frame != null) {
            dropInside(frame);
            drop(frame);
        }
    }

    /** Drops every activation inside this one. */
    void dropInside(Frame frame) {
        if (frame.progress() instanceof Progress.Holder holder) {
            for (long activation : holder.inside()) {
                close(activation);
            }
        }
    }

    private void drop(Frame frame) {
        frames = frames.minus(frame.activation());
        ready = ready.minus(frame.activation());
        listeners = listeners.minus(frame.activation());
        working -= frame.isWorking() ? 1 : 0;
        timers = timers.minusAll(frame.timers());
    }

    void dropAll() {
        frames = Activity.NONE.frames();
        ready = Activity.NONE.ready();
        timers = Activity.NONE.timers();
        listeners = Correspondence.NONE.listeners();
        working = 0;
    }

    void setTimer(@Nullable Instant due, long activation, Timer.Kind kind) {
        if (due == null) {
            return;
        }
        Timer timer = new Timer(due, activation, kind);
        timers = timers.plus(timer);
        Frame frame = get(activation);
        List<Timer> own = new ArrayList<>(frame.timers());
        own.add(timer);
        put(frame.withTimers(own));
    }

    void clearTimer(long activation, Timer.Kind kind) {
        Frame frame = get(activation);
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
}
