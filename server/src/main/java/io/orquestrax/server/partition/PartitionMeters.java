package io.orquestrax.server.partition;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orquestrax.engine.command.Command;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of the partitions. */
final class PartitionMeters {
    private final MeterRegistry registry;
    private final Map<Class<? extends Command>, Counter> commands = new ConcurrentHashMap<>();
    private final Counter failedDecisions;
    private final Counter overloads;
    private final Counter readTogether;

    PartitionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.failedDecisions = Counter.builder("orquestrax.decisions.failed")
                .description("Commands that failed because of a mistake in the product")
                .register(registry);
        this.overloads = Counter.builder("orquestrax.commands.overloaded")
                .description(
                        "Commands refused because a partition's queue was full, or starts waited in it for too long")
                .register(registry);
        this.readTogether = Counter.builder("orquestrax.histories.together")
                .description("Histories of due instances that were read many at a time")
                .register(registry);
    }

    void readTogether(int histories) {
        readTogether.increment(histories);
    }

    void command(Command command) {
        commands.computeIfAbsent(
                        command.getClass(),
                        type -> Counter.builder("orquestrax.commands")
                                .description("Commands that were decided")
                                .tag("type", type.getSimpleName())
                                .register(registry))
                .increment();
    }

    void failedDecision() {
        failedDecisions.increment();
    }

    void overload() {
        overloads.increment();
    }
}
