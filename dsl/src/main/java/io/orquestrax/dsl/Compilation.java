package io.orquestrax.dsl;

import io.orquestrax.dsl.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document: a plan, unless a problem is an error.
 */
public record Compilation(@Nullable Plan planOrNull, List<Problem> problems) {

    public Compilation {
        problems = List.copyOf(problems);
    }

    public Optional<Plan> plan() {
        return Optional.ofNullable(planOrNull);
    }
}
