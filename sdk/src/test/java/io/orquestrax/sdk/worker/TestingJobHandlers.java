package io.orquestrax.sdk.worker;

/** What the service loader finds on the tests' class path. */
public final class TestingJobHandlers implements JobHandlers {

    @Override
    public void register(Registry registry) {
        registry.handler("greet", (input, context) -> "found");
    }
}
