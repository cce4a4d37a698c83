package io.orquestrax.dashboard.cluster;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.engine.Status;
import io.orquestrax.server.orchestration.ClusterView.LoadView;
import io.orquestrax.server.orchestration.ClusterView.NodeView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node in the list.
 *
 * @param isSelf whether it is the one that answers
 * @param canDrain whether another node could take what it has
 * @param lastSeen null where it is heard of as it should be
 */
public record NodeLine(
        String id,
        String version,
        String address,
        Instant startedAt,
        String state,
        List<Integer> partitions,
        LoadView load,
        boolean isSelf,
        boolean canDrain,
        @Nullable Instant lastSeen) {

    static final String SERVING = "serving";
    static final String DRAINING = "draining";
    static final String LOST = "lost";

    public NodeLine {
        partitions = List.copyOf(partitions);
    }

    static NodeLine of(NodeView node, boolean isSelf, boolean canDrain, Instant now) {
        return new NodeLine(
                node.id(),
                node.version(),
                node.address(),
                node.startedAt(),
                node.state(),
                node.partitions(),
                node.load(),
                isSelf,
                canDrain && node.state().equals(SERVING),
                node.state().equals(LOST) ? now.minus(node.silence()).truncatedTo(ChronoUnit.SECONDS) : null);
    }

    public Mark mark() {
        Status tone = switch (state) {
            case SERVING -> Status.COMPLETED;
            case DRAINING, "leaving" -> Status.SUSPENDED;
            case LOST -> Status.FAULTED;
            default -> Status.PENDING;
        };
        return new Mark(tone, state);
    }

    /** Ranges of numbers that follow each other, such as {@code 0–3, 7}. */
    public String ranges() {
        return Ranges.of(partitions);
    }

    public String jobs() {
        return ShortText.count(load.runningJobs(), "job") + ", " + load.queuedJobs() + " queued";
    }

    public String memory() {
        return ShortText.count(load.residentInstances(), "instance") + " · "
                + ShortText.count(load.workers(), "worker");
    }

    public String commands() {
        return ShortText.count(load.queuedCommands(), "command waits", "commands wait");
    }

    /** Null where there is nothing to do about it. */
    public @Nullable String actionHref() {
        if (canDrain) {
            return Address.node(id) + "/drain";
        }
        return state.equals(DRAINING) ? Address.node(id) + "/serve" : null;
    }
}
