package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run under way, with whatever its command started.
 *
 * @param process that was started; in the namespace below it runs the command
 * @param mark that all its processes have in their environment
 */
record RunningProcess(Process process, boolean hasNamespace, String mark) {
    private static final Duration DEATH = Duration.ofSeconds(5);
    private static final int MAX_ROUNDS = 100;
    private static final long PAGE_BYTES = 4096;

    /** Everything that runs, in no order. */
    List<ProcessHandle> members() {
        if (hasNamespace) {
            // Orphans are given to the namespace's first process, so that all stay below this one.
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
        }
        List<ProcessHandle> members = new ArrayList<>(Watchdog.marked(mark));
        process.descendants().filter(each -> !members.contains(each)).forEach(members::add);
        if (process.isAlive() && !members.contains(process.toHandle())) {
            members.add(process.toHandle());
        }
        return members;
    }

    /** Bytes of memory that nothing but these processes has. */
    static long memoryBytes(List<ProcessHandle> members) {
        long pages = 0;
        for (ProcessHandle member : members) {
            try {
                String[] fields = Files.readString(Path.of("/proc", String.valueOf(member.pid()), "statm"))
                        .split(" ");
                pages += Math.max(0, Long.parseLong(fields[1]) - Long.parseLong(fields[2]));
            } catch (IOException | RuntimeException gone) {
                // It ended, and with it its memory.
                continue;
            }
        }
        return pages * PAGE_BYTES;
    }

    /** Asks all processes to end, and ends what does not. Returns when nothing runs any more; not interruptible. */
    void end() {
        if (process.isAlive()) {
            members().stream().filter(each -> each.pid() != process.pid()).forEach(ProcessHandle::destroy);
            if (!hasNamespace) {
                process.destroy();
            }
            await(ProcessLimits.GRACE);
        }
        kill();
    }

    private void kill() {
        if (hasNamespace) {
            // The kernel ends the others before the first one is gone, and only then the process above it ends.
            process.children().forEach(ProcessHandle::destroyForcibly);
            if (process.isAlive() && !await(DEATH)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
            process.destroyForcibly();
            await(DEATH);
            return;
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<ProcessHandle> members = members();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean await(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    // What runs must end first; whoever interrupts waits for that too.
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
