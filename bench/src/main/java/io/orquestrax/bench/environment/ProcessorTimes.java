package io.orquestrax.bench.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Time of the processors, by what used it. It says what work costs, also where other programs slow that work down.
 *
 * @param byProcess such as {@code node}; all processes of a name together
 */
public record ProcessorTimes(SortedMap<String, Duration> byProcess) {
    /** Of Linux, on every machine that a JVM runs on. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** In {@code /proc/PID/stat}, counted after the name: user and system time, and those of children that have ended. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    public ProcessorTimes {
        byProcess = new TreeMap<>(byProcess);
    }

    public Duration total() {
        return byProcess.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Since then. */
    public ProcessorTimes minus(ProcessorTimes before) {
        SortedMap<String, Duration> since = new TreeMap<>();
        byProcess.forEach(
                (name, time) -> since.put(name, time.minus(before.byProcess.getOrDefault(name, Duration.ZERO))));
        return new ProcessorTimes(since);
    }

    /** A process with its descendants, since its start. */
    static Duration ofTree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessorTimes::of)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** With those of its children that have ended, where the system tells; zero for one that has ended itself. */
    static Duration of(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.exists(stat)) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
        try {
            return ofStat(Files.readString(stat));
        } catch (NoSuchFileException ended) {
            return Duration.ZERO;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Duration ofStat(String stat) {
        // A name may have blanks and brackets.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = FIRST_TIME; field < FIRST_TIME + TIMES; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return TICK.multipliedBy(ticks);
    }
}
