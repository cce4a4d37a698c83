package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group of one run: the kernel refuses it more processes than stand in {@code pids.max}.
 *
 * @param directory in the file system of control groups
 */
record ControlGroup(Path directory) {
    /** Of as many threads as there are, since the kernel counts those. */
    private static final String MAX = "pids.max";

    private static final String EVENTS = "pids.events";
    private static final String REFUSALS = "max ";
    private static final int REMOVAL_ROUNDS = 100;
    private static final long REMOVAL_MILLIS = 10;

    void limit(long maxProcesses) throws IOException {
        Files.writeString(directory.resolve(MAX), Long.toString(maxProcesses));
    }

    /** What stands before a command, so that it is in the group before it does anything. */
    List<String> entrance() {
        // 0 is whoever writes it, and a shell writes by itself.
        return List.of(
                "/bin/sh",
                "-c",
                "echo 0 >\"$1\" || exit 125; shift; exec \"$@\"",
                "run",
                directory.resolve("cgroup.procs").toString());
    }

    /** How often the kernel refused a process; 0 where it does not tell. */
    long refusals() {
        try {
            for (String line : Files.readAllLines(directory.resolve(EVENTS))) {
                if (line.startsWith(REFUSALS)) {
                    return Long.parseLong(line.substring(REFUSALS.length()).strip());
                }
            }
            return 0;
        } catch (IOException goneOrUnknown) {
            return 0;
        }
    }

    /** Nothing in it starts a process any more. */
    void close() {
        try {
            limit(0);
        } catch (IOException gone) {
            // There is nothing in it then.
            return;
        }
    }

    boolean isClosed() {
        try {
            return Files.readString(directory.resolve(MAX)).strip().equals("0");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Waits a little for the last process to be gone; what is left then is removed before the next one is made. */
    void remove() {
        boolean wasInterrupted = false;
        for (int round = 0; round < REMOVAL_ROUNDS && !isRemoved(); round++) {
            try {
                Thread.sleep(REMOVAL_MILLIS);
            } catch (InterruptedException later) {
                // A group that is left over costs more than the moment.
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where something still runs in it. */
    boolean isRemoved() {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
