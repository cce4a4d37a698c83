package io.orquestrax.server.settings;

/** From which severity on a line is logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
