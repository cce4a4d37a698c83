package io.orquestrax.server.message;

import io.orquestrax.dsl.plan.Plan;
import java.time.Instant;
import java.util.Optional;

/** When a schedule starts the next instance after the end of one. */
@FunctionalInterface
public interface NextStart {

    /**
     * Called on a partition's thread when the instance closes; it must return at once.
     *
     * @param trigger that had started the instance
     * @return empty where its end leads to none
     */
    Optional<Instant> after(Plan plan, String trigger, Instant closedAt);
}
