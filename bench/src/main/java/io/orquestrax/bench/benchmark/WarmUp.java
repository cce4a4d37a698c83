package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.ReadyStand;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What is run before and not counted, for compilers and caches of all processes are cold at the start: a load until its
 * rate is level, once on each stand, however many benchmarks use it.
 */
public final class WarmUp {
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(5);

    private final Duration most;
    private final Load window;
    private final Set<Warm> done = new HashSet<>();
    private Duration took = Duration.ZERO;
    private boolean isLevel = true;

    /** What is warm for which load. */
    private record Warm(Object processes, String load) {}

    /**
     * @param most after which a rate that still rises has to do; zero where speed does not matter
     * @param load whose instances bound a window
     */
    public WarmUp(Duration most, Load load) {
        Duration length = most.compareTo(LONGEST_WINDOW) < 0 ? most : LONGEST_WINDOW;
        this.most = most;
        this.window = new Load(length, load.instances(), load.inFlight());
    }

    /**
     * What it came to.
     *
     * @param isLevel false where the time was over before the rate was level
     */
    public record Report(Duration took, boolean isLevel) {}

    /** Of all since the last report. */
    public Report report() {
        Report report = new Report(took, isLevel);
        took = Duration.ZERO;
        isLevel = true;
        return report;
    }

    boolean isWanted() {
        return most.isPositive();
    }

    /** Measures a rate once. */
    @FunctionalInterface
    interface Rate {
        double under(Load load) throws InterruptedException;
    }

    /** By instances of the workflow, as many as go through. */
    void untilLevel(ReadyStand ready, Workflow workflow) throws InterruptedException {
        untilLevel(
                ready.stand(),
                workflow.name(),
                load -> new ClosedLoop(ready.client(), workflow, load).run().instancesPerSecond());
    }

    /**
     * By another load.
     *
     * @param processes that become warm: a {@link io.orquestrax.bench.environment.Stand}
     * @param name of the load
     */
    void untilLevel(Object processes, String name, Rate rate) throws InterruptedException {
        if (!isWanted() || !done.add(new Warm(processes, name))) {
            return;
        }
        long began = System.nanoTime();
        Levelling levelling = new Levelling();
        while (!levelling.isLevel() && System.nanoTime() - began < most.toNanos()) {
            levelling.add(rate.under(window));
        }
        took = took.plusNanos(System.nanoTime() - began);
        isLevel &= levelling.isLevel();
    }

    /** A single run of what has no rate, or whose processes are warm already. */
    void once(Trial trial) throws InterruptedException {
        if (isWanted()) {
            long began = System.nanoTime();
            var _ = trial.run(window);
            took = took.plusNanos(System.nanoTime() - began);
        }
    }
}
