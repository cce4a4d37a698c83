package io.orquestrax.server.connector.process;

import java.time.Duration;

/**
 * What bounds one run.
 *
 * @param timeout for the whole of it
 * @param memoryMaxBytes of all its processes together
 * @param outputMaxBytes of each of standard output and standard error
 * @param filesMaxBytes of one file that it writes, and of all in its directory
 * @param maxProcesses at a time; where the kernel counts them, their threads count too
 */
public record ProcessLimits(
        Duration timeout, long memoryMaxBytes, int outputMaxBytes, long filesMaxBytes, int maxProcesses) {
    /** Files in the directory of a run. */
    static final int MAX_FILES = 10_000;

    /** How long a process may take to end by itself once it was asked to. */
    static final Duration GRACE = Duration.ofSeconds(1);
}
