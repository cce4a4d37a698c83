package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.event.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** An instance at one moment: a fold of its events, immutable. */
public final class InstanceState {
    private final UUID id;
    private final long sequence;
    private final Instant updatedAt;
    private final @Nullable Birth birth;
    private final Closing closing;
    private final JsonNode context;
    private final Activity activity;
    private final Correspondence correspondence;

    InstanceState(
            UUID id,
            long sequence,
            Instant updatedAt,
            @Nullable Birth birth,
            Closing closing,
            JsonNode context,
            Activity activity,
            Correspondence correspondence) {
        this.id = id;
        this.sequence = sequence;
        this.updatedAt = updatedAt;
        this.birth = birth;
        this.closing = closing;
        this.context = context;
        this.activity = activity;
        this.correspondence = correspondence;
    }

    /** What the first event said. */
    record Birth(
            DefinitionId definition,
            String contentHash,
            @Nullable String key,
            JsonNode input,
            Map<String, String> tags,
            Instant startedAt,
            @Nullable Origin origin) {}

    /** Whether it is held or over, and how it ended. */
    record Closing(
            Phase phase,
            @Nullable Instant closedAt,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) {
        static final Closing OPEN = new Closing(Phase.OPEN, null, null, null);
        static final Closing SUSPENDED = new Closing(Phase.SUSPENDED, null, null, null);
    }

    enum Phase {
        OPEN,
        SUSPENDED,
        CANCELLED,
        FAULTED,
        COMPLETED
    }

    /**
     * What is under way.
     *
     * @param ready activations whose list can go on
     * @param working how many jobs are offered or run
     */
    record Activity(
            PMap<Long, Frame> frames,
            PSortedSet<Long> ready,
            PSortedSet<Timer> timers,
            int working,
            long nextActivation) {
        static final Activity NONE = new Activity(TreePMap.empty(), TreePSet.empty(), TreePSet.empty(), 0, 1);
    }

    /** Before the first event. */
    public static InstanceState unborn(UUID id) {
        return new InstanceState(
                id, 0, Instant.EPOCH, null, Closing.OPEN, Json.NODES.objectNode(), Activity.NONE, Correspondence.NONE);
    }

    /** The only way to change: the state after this event. Evaluates nothing and reads no definition. */
    public InstanceState evolve(RecordedEvent event) {
        return Evolution.of(this, event);
    }

    public UUID id() {
        return id;
    }

    /** Of the last event; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    public boolean isBorn() {
        return birth != null;
    }

    public Status status() {
        return switch (closing.phase()) {
            case SUSPENDED -> Status.SUSPENDED;
            case CANCELLED -> Status.CANCELLED;
            case FAULTED -> Status.FAULTED;
            case COMPLETED -> Status.COMPLETED;
            case OPEN -> {
                if (birth == null) {
                    yield Status.PENDING;
                }
                boolean waits = activity.working() == 0 && activity.ready().isEmpty();
                yield waits ? Status.WAITING : Status.RUNNING;
            }
        };
    }

    public DefinitionId definition() {
        return born().definition();
    }

    public String contentHash() {
        return born().contentHash();
    }

    public @Nullable String key() {
        return born().key();
    }

    public JsonNode input() {
        return born().input();
    }

    public Map<String, String> tags() {
        return born().tags();
    }

    public Instant startedAt() {
        return born().startedAt();
    }

    /** Who started it; empty where it was a caller. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(born().origin());
    }

    /** Time of the last event. */
    public Instant updatedAt() {
        return updatedAt;
    }

    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closing.closedAt());
    }

    public Optional<JsonNode> output() {
        return Optional.ofNullable(closing.output());
    }

    public Optional<WorkflowError> error() {
        return Optional.ofNullable(closing.error());
    }

    /** What {@code $context} shows. */
    public JsonNode context() {
        return context;
    }

    /** When it wants a WakeInstance next; empty where no timer is set, or while it is suspended or closed. */
    public Optional<Instant> wakeAt() {
        return isOpen() && !activity.timers().isEmpty()
                ? Optional.of(activity.timers().first().due())
                : Optional.empty();
    }

    /** Whether a ContinueInstance would have something to do. */
    public boolean canContinue() {
        return isOpen() && !activity.ready().isEmpty();
    }

    /** Neither closed nor suspended. */
    public boolean isOpen() {
        return birth != null && closing.phase() == Phase.OPEN;
    }

    public long nextActivation() {
        return activity.nextActivation();
    }

    /**
     * The activation whose list goes on first, where {@link #canContinue}.
     *
     * @param turn of the decision
     */
    public Frame nextReady(long turn) {
        Long next = activity.ready().ceiling(turn);
        return frame(next == null ? activity.ready().first() : next);
    }

    /**
     * The activation that a decision goes on with before those that are older. Where one before it came to its limit,
     * any that can go on may be the one, so that a branch without an end does not keep the others from theirs.
     */
    public long turn() {
        if (!canContinue()) {
            return Frame.ROOT;
        }
        long random = new SplittableRandom(sequence).nextLong(activity.ready().size());
        return activity.ready().stream().skip(random).findFirst().orElseThrow();
    }

    /** The earliest timer, where there is one. */
    public Optional<Timer> firstTimer() {
        return activity.timers().isEmpty()
                ? Optional.empty()
                : Optional.of(activity.timers().first());
    }

    /** The activations that are not over, by number. */
    public Collection<Frame> frames() {
        return activity.frames().values();
    }

    public Optional<Frame> find(long activation) {
        return Optional.ofNullable(activity.frames().get(activation));
    }

    /**
     * @throws IllegalStateException if the activation is over, or never was
     */
    public Frame frame(long activation) {
        Frame frame = activity.frames().get(activation);
        if (frame == null) {
            throw new IllegalStateException(
                    "Expected activation " + activation + " of instance " + id + " to be open, but it is not");
        }
        return frame;
    }

    /** The activations that wait for events, by number. */
    public Collection<Long> listeners() {
        return correspondence.listeners();
    }

    /** What events correlate by, by key: the first value that the instance met. */
    public Map<String, JsonNode> correlations() {
        return correspondence.correlations();
    }

    /** Whether the event of this position was consumed, as far back as it can be delivered again. */
    public boolean hasConsumed(long position) {
        return correspondence.consumed().containsKey(position);
    }

    Correspondence correspondence() {
        return correspondence;
    }

    Closing closing() {
        return closing;
    }

    Activity activity() {
        return activity;
    }

    @Nullable
    Birth birthOrNull() {
        return birth;
    }

    private Birth born() {
        if (birth == null) {
            throw new IllegalStateException("Expected instance " + id + " to have started, but it has no events");
        }
        return birth;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InstanceState that
                && id.equals(that.id)
                && sequence == that.sequence
                && updatedAt.equals(that.updatedAt)
                && Objects.equals(birth, that.birth)
                && closing.equals(that.closing)
                && context.equals(that.context)
                && activity.equals(that.activity)
                && correspondence.equals(that.correspondence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, sequence);
    }

    @Override
    public String toString() {
        return "InstanceState[" + id + " @" + sequence + " " + status() + " " + closing + " " + activity
                + (correspondence.equals(Correspondence.NONE) ? "" : " " + correspondence) + "]";
    }
}
