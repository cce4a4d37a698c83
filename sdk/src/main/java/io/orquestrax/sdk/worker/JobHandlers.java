package io.orquestrax.sdk.worker;

/**
 * A jar's handlers, found by {@link java.util.ServiceLoader}: what {@code orquestrax worker --jar} runs.
 *
 * <p>Named in {@code META-INF/services/io.orquestrax.sdk.worker.JobHandlers}; needs a public constructor without
 * parameters.
 */
public interface JobHandlers {

    /** Called once, before the worker starts. */
    void register(Registry registry);
}
