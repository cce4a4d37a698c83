package io.orquestrax.server.event;

/** Of what the lifecycle is told to sinks. */
public enum LifecycleScope {
    OFF,
    WORKFLOW,
    ALL
}
