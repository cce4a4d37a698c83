package io.orquestrax.server.job;

/** Jobs of a node's dispatcher. */
public record JobCounts(int queued, int running) {}
