package io.orquestrax.engine;

import io.orquestrax.dsl.expression.Effort;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One decision in the making: each event is folded at once, so that the next step sees it. */
final class Run {
    private final Plan plan;
    private final Instant now;
    private final Folding folding;
    private final Effort effort;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private InstanceState state;
    private boolean continuesLater;

    Run(InstanceState state, Plan plan, Instant now, Folding folding) {
        this(state, plan, now, folding, new Effort());
    }

    private Run(InstanceState state, Plan plan, Instant now, Folding folding, Effort effort) {
        this.effort = effort;
        this.folding = folding;
        this.state = state;
        this.plan = plan;
        this.now = now;
    }

    InstanceState state() {
        return state;
    }

    Plan plan() {
        return plan;
    }

    /** One that starts at the same state, and whose events nobody will see. */
    Run trial() {
        return new Run(state, plan, now, folding, effort);
    }

    Instant now() {
        return now;
    }

    /** Of everything that this decision evaluates. */
    Effort effort() {
        return effort;
    }

    int eventCount() {
        return events.size();
    }

    void emit(Event event) {
        if (event instanceof Event.Closing) {
            state.find(Frame.ROOT).ifPresent(root -> Abandonment.inside(this, root));
        }
        RecordedEvent recorded = new RecordedEvent(state.sequence() + 1, now, event);
        state = folding.fold(state, recorded);
        events.add(recorded);
        if (event instanceof Event.Closing) {
            effects.addAll(Closings.effects(state));
        }
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /** The limit of steps was reached before the work was done. */
    void continueLater() {
        continuesLater = true;
    }

    Decision decision(Reply reply) {
        if (continuesLater) {
            effects.add(new Effect.ContinueLater());
        }
        return new Decision(events, effects, reply, state);
    }
}
