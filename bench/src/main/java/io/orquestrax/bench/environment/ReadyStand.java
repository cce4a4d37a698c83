package io.orquestrax.bench.environment;

import io.orquestrax.sdk.OrquestraxClient;

/** A stand with a node that serves, a worker that is connected, and a client. */
public record ReadyStand(Stand stand, NodeProcess node, OrquestraxClient client) {}
