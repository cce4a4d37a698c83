package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run under way, with whatever its command started.
 *
 * @param process that was started; in the namespace below it runs the command
 * @param confinement in which it was started
 * @param group that it is in; null where there is none
 * @param mark that all its processes have in their environment
 */
record RunningProcess(
        Process process, Confinement confinement, @Nullable ControlGroup group, String mark) {
    private static final Duration DEATH = Duration.ofSeconds(5);
    private static final long PAGE_BYTES = 4096;

    /** Everything that runs, in no order, also the processes of its confinement. */
    List<ProcessHandle> members() {
        return members(Integer.MAX_VALUE);
    }

    /** Whether its command has more processes. */
    boolean hasMoreThan(int processes) {
        int all = processes + confinement.ownProcesses();
        return members(all + 1).size() > all;
    }

    /**
     * @param max to be looked for
     */
    private List<ProcessHandle> members(int max) {
        if (confinement.hasNamespace()) {
            // Orphans are given to the namespace's first process, so that all stay below this one.
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .limit(max)
                    .toList();
        }
        Set<ProcessHandle> members = new HashSet<>(Watchdog.marked(mark, max));
        process.descendants().forEach(members::add);
        if (process.isAlive()) {
            members.add(process.toHandle());
        }
        return List.copyOf(members);
    }

    /** How often the kernel refused it a process, as far as it tells. */
    long refusals() {
        return group == null ? 0 : group.refusals();
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

    /**
     * Asks all processes to end, and ends what does not. Returns when nothing runs any more; not interruptible. What they
     * wrote can still be read.
     */
    void end() {
        if (process.isAlive()) {
            members().stream().filter(each -> each.pid() != process.pid()).forEach(ProcessHandle::destroy);
            if (!confinement.hasNamespace()) {
                process.toHandle().destroy();
            }
            await(ProcessLimits.GRACE);
        }
        kill();
    }

    /**
     * Ends all processes without asking them. Returns when nothing runs any more; not interruptible.
     *
     * <p>By handles: a {@link Process} that is destroyed throws away what of its output was not read yet.
     */
    void kill() {
        if (group != null) {
            group.close();
        }
        if (confinement.hasNamespace()) {
            killNamespace();
        } else {
            killMarked();
        }
        if (group != null) {
            group.remove();
        }
    }

    private void killNamespace() {
        // The kernel ends the others before the first one is gone, and only then the process above it ends.
        process.children().forEach(ProcessHandle::destroyForcibly);
        if (process.isAlive() && !await(DEATH)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.toHandle().destroyForcibly();
        await(DEATH);
    }

    private void killMarked() {
        long deadlineNanos = System.nanoTime() + DEATH.toNanos();
        long killed;
        do {
            killed =
                    process.descendants().filter(ProcessHandle::destroyForcibly).count();
            process.toHandle().destroyForcibly();
            killed += Watchdog.kill(mark);
        } while (killed > 0 && System.nanoTime() < deadlineNanos);
        await(DEATH);
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
