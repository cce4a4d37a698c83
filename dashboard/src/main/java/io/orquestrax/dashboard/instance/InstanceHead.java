package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The top of an instance's page: what it is, its state, why, and what can be done.
 *
 * @param actions the main one first
 * @param openJobs that workers have, or would get
 * @param startedBy null where a caller started it
 */
public record InstanceHead(
        UUID id,
        DefinitionId definition,
        @Nullable String key,
        Mark mark,
        Sentence sentence,
        Instant startedAt,
        @Nullable Instant closedAt,
        Map<String, String> tags,
        List<InstanceAction> actions,
        long openJobs,
        @Nullable StartedBy startedBy) {

    public InstanceHead {
        tags = new TreeMap<>(tags);
        actions = List.copyOf(actions);
    }

    /**
     * @param isWhole whether these are all steps that there were, not only the newest
     */
    public static InstanceHead of(InstanceRow row, List<Activation> activations, boolean isWhole) {
        return new InstanceHead(
                row.id(),
                row.definition(),
                row.key(),
                Mark.of(row.status()),
                Sentence.of(row, activations, isWhole),
                row.startedAt(),
                row.closedAt(),
                row.tags(),
                InstanceAction.possible(row.status()),
                activations.stream().filter(InstanceHead::isOpenJob).count(),
                StartedBy.of(row));
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    public boolean canCancel() {
        return actions.contains(InstanceAction.CANCEL);
    }

    public String actionHref(InstanceAction action) {
        return Address.instance(id) + "/" + action.text();
    }

    public String startAnotherHref() {
        return Address.of(Address.definition(definition)).with("from", id.toString()) + "#start";
    }

    /** What cancelling does, to how many. */
    public String cancelling() {
        String jobs = openJobs == 0
                ? "No job is open."
                : ShortText.count(openJobs, "open job")
                        + (openJobs == 1 ? " is" : " are")
                        + " withdrawn, and a worker that runs one is told to stop.";
        return "This cancels one instance, for good. " + jobs + " Completed steps stay as they are.";
    }

    private static boolean isOpenJob(Activation activation) {
        return activation.jobType() != null
                && (activation.state() == Activation.State.QUEUED || activation.state() == Activation.State.RUNNING);
    }
}
