package io.orquestrax.server.connector.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names a process in the label of its containers, so that another one of the same machine can tell whether it is there
 * still.
 *
 * @param place the machine since it was booted, and the namespace that numbers its processes
 * @param startedAt in the kernel's own time, since numbers of processes come again
 */
record WorkerMark(String place, long pid, String startedAt) {
    static final String LABEL = "io.orquestrax.worker";

    private static final Path PROCESSES = Path.of("/proc");
    /** Of the fields of {@code stat} behind the command, which may hold anything. */
    private static final int START_FIELD = 19;

    /** Empty where the machine does not tell. */
    static Optional<WorkerMark> ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        try {
            String boot = Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id"))
                    .strip();
            String namespace =
                    Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")).toString();
            return startOf(pid).map(started -> new WorkerMark(boot + "." + namespace, pid, started));
        } catch (IOException | UnsupportedOperationException notTold) {
            return Optional.empty();
        }
    }

    String text() {
        return place + "/" + pid + "/" + startedAt;
    }

    /**
     * Whether a process of this one's machine has ended; false where that cannot be known from here.
     *
     * @param mark the {@link #text} of one
     */
    boolean seesTheEndOf(String mark) {
        String[] parts = mark.split("/");
        if (parts.length != 3 || !parts[0].equals(place) || !parts[1].matches("\\d{1,18}")) {
            return false;
        }
        return !startOf(Long.parseLong(parts[1])).equals(Optional.of(parts[2]));
    }

    private static Optional<String> startOf(long pid) {
        try {
            String stat = Files.readString(PROCESSES.resolve(pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            // One that ended is listed until its parent has heard of it.
            boolean isThere = fields.length > START_FIELD && !fields[0].equals("Z");
            return isThere ? Optional.of(fields[START_FIELD]) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
