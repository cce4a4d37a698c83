package io.orquestrax.server.settings;

/** How log lines look. */
public enum LogFormat {
    PLAIN,
    JSON
}
