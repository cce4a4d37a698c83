package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.Progress.InChild;
import io.orquestrax.engine.state.SnapshotCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One instance with a clock and an outside world that the test moves. After every command the state that the decision
 * came to is compared with the fold of the encoded history.
 */
final class TestingInstance {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    private final Decider decider;
    private final Plan plan;
    private final Map<Long, JobOffer> offered = new LinkedHashMap<>();
    private final Map<UUID, Effect.StartChild> children = new LinkedHashMap<>();
    private final Map<Long, List<SubscriptionKey>> subscriptions = new LinkedHashMap<>();
    private final List<RecordedEvent> history = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private InstanceState state = InstanceState.unborn(ID);
    private Instant now = START;
    private long lastPosition;

    TestingInstance(Plan plan) {
        this(plan, new Decider("test"));
    }

    TestingInstance(Plan plan, Decider decider) {
        this.plan = plan;
        this.decider = decider;
    }

    /**
     * @param body what follows the document's head, from {@code do} on
     */
    static TestingInstance of(String body) {
        return new TestingInstance(plan(body));
    }

    static Plan plan(String body) {
        Compilation compilation = new DocumentCompiler().compile("""
                        document:
                          dsl: '1.0.3'
                          namespace: tests
                          name: sample
                          version: '1.0.0'
                        """ + body);
        return compilation.plan().orElseThrow(() -> new AssertionError(compilation.problems()));
    }

    TestingInstance start(String input) {
        send(new Command.StartInstance(null, json(input), Map.of(), "tester"));
        return this;
    }

    /**
     * On a machine that is busy an expression may run out of time before it runs out of steps, which is as right, but
     * not the same twice.
     */
    private Decision decide(InstanceState from, Command command) {
        Decision decision = decider.decide(from, command, now, plan);
        for (int tries = 0; tries < 50 && isEndedByTime(decision); tries++) {
            decision = decider.decide(from, command, now, plan);
        }
        return decision;
    }

    private static boolean isEndedByTime(Decision decision) {
        return decision.events().stream()
                .map(RecordedEvent::event)
                .anyMatch(event -> event instanceof Event.TaskFaulted faulted
                        && String.valueOf(faulted.error().detail()).matches(".* took more than [0-9]+ ms"));
    }

    Reply send(Command command) {
        Decision decision = decide(state, command);
        assertThat(decide(fromSnapshot(), command)).isEqualTo(decision);
        history.addAll(decision.events());
        effects.addAll(decision.effects());
        state = decision.state();
        assertThat(rebuilt()).isEqualTo(state);
        assertThat(fromSnapshot()).isEqualTo(state);
        boolean continues = false;
        for (Effect effect : decision.effects()) {
            switch (effect) {
                case Effect.OfferJob offer -> offered.put(offer.offer().activation(), offer.offer());
                case Effect.OfferJobAgain offer -> offered.put(offer.offer().activation(), offer.offer());
                case Effect.WithdrawJob withdraw -> offered.remove(withdraw.activation());
                case Effect.HoldJob hold -> offered.remove(hold.activation());
                case Effect.ContinueLater later -> continues = true;
                case Effect.StartChild child -> {
                    if (child.parent().awaited()) {
                        children.put(child.child(), child);
                    }
                }
                case Effect.CancelChild cancel ->
                    assertThat(children.remove(cancel.child()))
                            .as(() -> "child to cancel " + cancel)
                            .isNotNull();
                case Effect.Subscribe subscribe -> subscriptions.put(subscribe.activation(), subscribe.keys());
                case Effect.Unsubscribe unsubscribe ->
                    assertThat(subscriptions.remove(unsubscribe.activation()))
                            .as(() -> "subscription to end " + unsubscribe)
                            .isNotNull();
                case Effect.ReportToParent report -> {}
                case Effect.ReportToSchedule report -> {}
                case Effect.PublishEvent publish -> {}
                case Effect.ConsumeEvent consume -> {}
            }
        }
        assertThatTheWorldAgrees();
        if (continues) {
            send(new Command.ContinueInstance());
        }
        return decision.reply();
    }

    /** What the outside world was asked for is what the instance waits for. */
    private void assertThatTheWorldAgrees() {
        boolean isClosed = state.status().isClosed();
        assertThat(subscriptions.keySet())
                .containsExactlyInAnyOrderElementsOf(isClosed ? List.of() : state.listeners());
        assertThat(children.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        isClosed
                                ? List.of()
                                : state.frames().stream()
                                        .map(Frame::progress)
                                        .filter(InChild.class::isInstance)
                                        .map(progress -> ((InChild) progress).child())
                                        .toList());
    }

    /** Reports the end of a child to the activation that waits for it. */
    TestingInstance report(
            Effect.StartChild child, Status status, @Nullable JsonNode output, @Nullable WorkflowError error) {
        children.remove(child.child());
        send(new Command.ReportChild(child.parent().activation(), child.child(), status, output, error));
        return this;
    }

    List<Effect.StartChild> children() {
        return List.copyOf(children.values());
    }

    /** What is subscribed to, by activation. */
    Map<Long, List<SubscriptionKey>> subscriptions() {
        return subscriptions;
    }

    /** Delivers an event at the next position. */
    TestingInstance deliver(String type, String data) {
        return deliver(lastPosition + 1, type, data);
    }

    TestingInstance deliver(long position, String type, String data) {
        ObjectNode envelope = Json.NODES.objectNode();
        envelope.put("specversion", "1.0").put("id", "e" + position).put("source", "/test");
        envelope.put("type", type).set("data", json(data));
        return deliver(position, envelope);
    }

    TestingInstance deliver(long position, JsonNode envelope) {
        lastPosition = Math.max(lastPosition, position);
        send(new Command.DeliverEvent(new ReceivedEvent(position, now.plus(Duration.ofDays(7)), envelope)));
        return this;
    }

    /** The state as a restart finds it: from rows, through the codec. */
    InstanceState rebuilt() {
        InstanceState rebuilt = InstanceState.unborn(ID);
        for (RecordedEvent recorded : history) {
            Event event = recorded.event();
            boolean ofTask = event instanceof Event.OfTask;
            Event decoded = EventCodec.decode(
                    event.type(),
                    ofTask ? ((Event.OfTask) event).task() : null,
                    ofTask ? ((Event.OfTask) event).activation() : 0,
                    EventCodec.attemptOf(event),
                    EventCodec.encode(event));
            assertThat(decoded).isEqualTo(event);
            rebuilt = rebuilt.evolve(new RecordedEvent(recorded.sequence(), recorded.time(), decoded));
        }
        return rebuilt;
    }

    /** The state as a restart finds it that reads a snapshot of right now. */
    private InstanceState fromSnapshot() {
        return SnapshotCodec.decode(
                ID, SnapshotCodec.encode(state, Integer.MAX_VALUE).orElseThrow());
    }

    /** Drops memory, as the death of a node does, and goes on from a snapshot. */
    void restartFromSnapshot() {
        state = fromSnapshot();
    }

    /** Drops memory, as the death of a node does. */
    void restart() {
        state = rebuilt();
    }

    TestingInstance advance(String duration) {
        now = now.plus(Duration.parse(duration));
        while (state.wakeAt().isPresent() && !state.wakeAt().get().isAfter(now)) {
            send(new Command.WakeInstance());
        }
        return this;
    }

    JobOffer job(String type) {
        return offered.values().stream()
                .filter(offer -> offer.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no job " + type + " among " + offered));
    }

    List<JobOffer> jobs() {
        return List.copyOf(offered.values());
    }

    Reply complete(JobOffer job, String output) {
        offered.remove(job.activation(), job);
        return send(new Command.CompleteJob(job.activation(), job.attempt(), "worker", now, json(output)));
    }

    TestingInstance complete(String type, String output) {
        assertThat(complete(job(type), output)).isEqualTo(Reply.ACCEPTED);
        return this;
    }

    TestingInstance fail(String type, String errorType, int status) {
        return fail(type, errorType, status, true, null);
    }

    TestingInstance fail(
            String type, String errorType, int status, boolean retryable, @Nullable JobRetryPolicy policy) {
        return fail(type, new WorkflowError(errorType, status, null, "it failed", "in " + type), retryable, policy);
    }

    TestingInstance fail(String type, WorkflowError error, boolean retryable, @Nullable JobRetryPolicy policy) {
        JobOffer job = job(type);
        offered.remove(job.activation());
        Reply reply = send(
                new Command.FailJob(job.activation(), job.attempt(), "worker", now, error, retryable, policy, null));
        assertThat(reply).isEqualTo(Reply.ACCEPTED);
        return this;
    }

    TestingInstance lose(String type, LossReason reason) {
        JobOffer job = job(type);
        offered.remove(job.activation());
        send(new Command.LoseJob(job.activation(), job.attempt(), "worker", now, reason, json("{\"rows\":3}")));
        return this;
    }

    InstanceState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    List<RecordedEvent> history() {
        return history;
    }

    List<Effect> effects() {
        return effects;
    }

    List<String> eventTypes() {
        return history.stream().map(recorded -> recorded.event().type()).toList();
    }

    JsonNode output() {
        assertThat(state.status()).as(() -> state.toString()).isEqualTo(Status.COMPLETED);
        return state.output().orElseThrow();
    }

    WorkflowError error() {
        assertThat(state.status()).as(() -> state.toString()).isEqualTo(Status.FAULTED);
        return state.error().orElseThrow();
    }

    static JsonNode json(String text) {
        return Json.readTrusted(text);
    }
}
