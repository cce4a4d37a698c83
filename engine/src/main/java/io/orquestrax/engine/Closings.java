package io.orquestrax.engine;

import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.state.InstanceState;
import java.util.List;
import java.util.Optional;

/** Who is told that an instance is closed. */
final class Closings {
    private static final String AFTER = "after";

    private Closings() {}

    static List<Effect> effects(InstanceState closed) {
        Optional<Origin> origin = closed.origin();
        if (origin.isEmpty()) {
            return List.of();
        }
        return switch (origin.get()) {
            case Origin.Parent parent
            when parent.awaited() ->
                List.of(new Effect.ReportToParent(
                        parent,
                        closed.status(),
                        closed.output().orElse(null),
                        closed.error().orElse(null)));
            case Origin.Parent parent -> List.of();
            case Origin.Schedule schedule
            when schedule.trigger().equals(AFTER) ->
                List.of(new Effect.ReportToSchedule(schedule.trigger(), closed.updatedAt()));
            case Origin.Schedule schedule -> List.of();
        };
    }
}
