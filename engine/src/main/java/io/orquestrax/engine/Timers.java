package io.orquestrax.engine;

import io.orquestrax.dsl.plan.Task;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.Timer;
import java.util.Optional;

/** What happens when something is due. */
final class Timers {
    private final Run run;
    private final Flow flow;
    private final Jobs jobs;

    Timers(Run run, Flow flow, Jobs jobs) {
        this.run = run;
        this.flow = flow;
        this.jobs = jobs;
    }

    /** Fires all that is due, in its order; each firing takes the timer away. */
    void fireDue() {
        while (run.state().isOpen()) {
            Optional<Timer> first = run.state().firstTimer();
            if (first.isEmpty() || first.get().due().isAfter(run.now())) {
                return;
            }
            if (!flow.takeStep()) {
                run.continueLater();
                return;
            }
            fire(first.get());
        }
    }

    private void fire(Timer timer) {
        Frame frame = run.state().frame(timer.activation());
        switch (timer.kind()) {
            case TIMEOUT -> timeOut(frame);
            case WAIT -> {
                Task task = run.plan().task(frame.task());
                flow.finish(frame, frame.input(), task.common().then(), null);
            }
            case RETRY -> flow.errors().startRetry(frame);
            case ATTEMPT -> flow.errors().timeOutAttempt(frame);
            case JOB_RETRY -> jobs.retry(frame);
            case JOB_TOTAL -> jobs.timeOut(frame);
        }
    }

    private void timeOut(Frame frame) {
        if (frame.activation() == Frame.ROOT) {
            run.emit(new Event.InstanceFaulted(Flow.timeout("the workflow").at("/")));
            return;
        }
        Task task = run.plan().task(frame.task());
        flow.errors().faultTask(frame.activation(), frame.parent(), task, Flow.timeout("task " + frame.task()), null);
    }
}
