package io.orquestrax.server.settings;

/** Every setting of a node, checked. */
public record Settings() {}
