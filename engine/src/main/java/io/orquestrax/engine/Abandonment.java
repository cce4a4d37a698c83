package io.orquestrax.engine;

import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InFork;
import io.orquestrax.engine.state.InListen;
import io.orquestrax.engine.state.Progress;
import io.orquestrax.engine.state.Progress.InChild;
import io.orquestrax.engine.state.Progress.InJob;
import io.orquestrax.engine.state.Progress.InWait;

/** Tells the outside world what is waited for no more, before the events that drop it. */
final class Abandonment {
    private Abandonment() {}

    /** What this activation waits for, where it is open, and those inside it. */
    static void of(Run run, long activation) {
        run.state().find(activation).ifPresent(frame -> {
            abandon(run, frame);
            inside(run, frame);
        });
    }

    /** What the activations inside this one wait for. */
    static void inside(Run run, Frame frame) {
        if (frame.progress() instanceof Progress.Holder holder) {
            for (long activation : holder.inside()) {
                of(run, activation);
            }
        }
    }

    private static void abandon(Run run, Frame frame) {
        switch (frame.progress()) {
            case InJob job -> {
                if (!job.inBackoff()) {
                    run.effect(new Effect.WithdrawJob(frame.activation(), job.attempt()));
                }
            }
            case InChild child -> {
                if (child.isAwaited()) {
                    run.effect(new Effect.CancelChild(
                            child.child(), "The task of instance " + run.state().id() + " that ran it is over."));
                }
            }
            case InWait waiting -> {}
            case InListen listen -> {
                if (!listen.isSatisfied()) {
                    run.effect(new Effect.Unsubscribe(frame.activation()));
                }
            }
            case InFork fork -> {}
            case Progress.OfList list -> {}
        }
    }
}
