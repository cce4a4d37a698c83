package io.orquestrax.engine;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.state.InstanceState;
import java.time.Instant;
import java.util.List;

/** Decides what follows from a command; changes nothing. Safe for use by many threads. */
public final class Decider {

    /**
     * @param runtimeVersion what {@code $runtime.version} shows
     */
    public Decider(String runtimeVersion) {}

    /**
     * @param state {@link InstanceState#unborn} for an instance that is not there yet
     */
    public Decision decide(InstanceState state, Command command, Instant now, Plan plan) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The attempts that are open and not in backoff: what must be offered, or claimed, after recovery. */
    public static List<JobOffer> openJobs(InstanceState state) {
        throw new UnsupportedOperationException("to be built");
    }
}
