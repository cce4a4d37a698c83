package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node a and its neighbour b, which owns the partition of the instance unless the test says otherwise. */
class ClusterGatewayTest {
    private static final UUID INSTANCE = UUID.fromString("01a20798-d4f1-732f-b402-deb3d8c5fe34");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int UNDER_WAY = 10;
    private static final Command CANCEL = new Command.CancelInstance("tester", "enough");
    private static final Command RESULT = new Command.CompleteJob(1, 1, null, null, Json.NODES.numberNode(1));
    private static final Command.StartInstance START =
            new Command.StartInstance("key", Json.NODES.objectNode(), Map.of(), "tester");
    private static final Plan PLAN = new DocumentCompiler().compile("""
                    document: {dsl: '1.0.0', namespace: test, name: simple, version: '1.0.0'}
                    do: [{done: {set: {a: 1}}}]
                    """).plan().orElseThrow();

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final TestingNetwork network = new TestingNetwork();
    private final TestingPeers peers = network.node("a");
    private final TestingPeers neighbour = network.node("b");
    private final TestingRoster roster = new TestingRoster("a", 4);
    private final TestingInstances here = new TestingInstances();
    private final TestingInstances there = new TestingInstances();
    private final TestingTraces traces = new TestingTraces();
    private final CommitFeed commitsThere = new CommitFeed();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private ClusterGateway gateway = gateway(Duration.ofSeconds(20), UNDER_WAY);
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private volatile boolean isLossElsewhere;
    private volatile boolean isMute;

    /** What the database would tell of wishes. */
    private static final class TestingTraces implements Traces {
        private volatile boolean isDone;
        private final Set<String> ends = ConcurrentHashMap.newKeySet();

        @Override
        public boolean hasEnd(JobId job, Set<String> types) {
            assertThat(job).isEqualTo(new JobId(INSTANCE, 1, 1));
            return types.stream().anyMatch(ends::contains);
        }

        @Override
        public long lastSequence(UUID instance) {
            return 7;
        }

        @Override
        public Optional<InstanceRow> findIfFollowed(UUID instance, long afterSequence, String type) {
            assertThat(afterSequence).isEqualTo(7);
            return isDone && type.equals("InstanceCancelled")
                    ? Optional.of(TestingInstances.row(instance))
                    : Optional.empty();
        }
    }

    @BeforeEach
    void begin() {
        roster.join(TestingRoster.member("b", "b:1"));
        roster.own(TestingInstances.PARTITION, "b");
        there.owns(true);
        AskResponder responder = new AskResponder(
                there,
                plan -> CompletableFuture.completedFuture(PLAN),
                new SoonEnds(commitsThere, id -> true, threads),
                (node, job) -> {
                    losses.add(node);
                    return isLossElsewhere;
                });
        neighbour.respond(Request.RequestCase.ASK, (node, request) -> {
            arrived.add(node);
            return isMute
                    ? new CompletableFuture<>()
                    : responder.answer(node, request).exceptionally(Failures::response);
        });
    }

    @AfterEach
    void close() {
        network.close();
        threads.shutdownNow();
    }

    @Test
    void asksThePartitionOfThisNode() {
        moveHere();

        assertThat(join(gateway.send(INSTANCE, CANCEL))).isEqualTo(Reply.ACCEPTED);

        assertThat(here.asked()).containsExactly("CancelInstance");
        assertThat(arrived).isEmpty();
    }

    @Test
    void asksTheOwnerAndAnswersWithItsInstance() {
        assertThat(join(gateway.ask(INSTANCE, CANCEL)).instance().get()).isEqualTo(TestingInstances.row(INSTANCE));
        assertThat(join(gateway.start(INSTANCE, START, PLAN, true, Duration.ZERO))
                        .reply())
                .isEqualTo(Reply.ACCEPTED);
        assertThat(join(gateway.send(INSTANCE, RESULT))).isEqualTo(Reply.ACCEPTED);

        assertThat(there.asked()).containsExactly("CancelInstance", "StartInstance fresh", "CompleteJob");
    }

    @Test
    void theAnswerToAnAwaitedStartComesWithTheEnd() throws Exception {
        gateway = gateway(LONG, UNDER_WAY);

        CompletableFuture<Answer> answer = gateway.start(INSTANCE, START, PLAN, true, LONG);
        Waiting.until("the owner holds its answer back", () -> commitsThere.isWanted(INSTANCE, null, true));
        assertThat(answer).isNotDone();
        InstanceRow ended = TestingInstances.row(INSTANCE, Status.COMPLETED);
        commitsThere.publish(new InstanceChange(ended, () -> ended, List.of()));

        assertThat(join(answer).instance().get()).isEqualTo(ended);
    }

    @Test
    void startsThatAreAwaitedLeaveRoomForOtherCommands() throws Exception {
        for (int number = 0; number < UNDER_WAY / 2; number++) {
            var _ = gateway.start(INSTANCE, START, PLAN, true, LONG);
        }
        Waiting.until("the owner has them", () -> arrived.size() == UNDER_WAY / 2);

        for (int number = 0; number < UNDER_WAY; number++) {
            assertThat(join(gateway.start(INSTANCE, START, PLAN, true, LONG))
                            .instance()
                            .get()
                            .status())
                    .isEqualTo(Status.RUNNING);
        }
    }

    @Test
    void waitsWhileNobodyOwnsThePartition() throws Exception {
        roster.own(TestingInstances.PARTITION, null);

        CompletableFuture<Answer> answer = gateway.ask(INSTANCE, CANCEL);
        assertThat(answer).isNotDone();
        moveHere();

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(here.asked()).containsExactly("CancelInstance");
    }

    @Test
    void asksTheNextOwnerWhereTheOneThatWasThoughtIsNone() throws Exception {
        there.owns(false);

        CompletableFuture<Answer> answer = gateway.ask(INSTANCE, CANCEL);
        Waiting.until("the roster is doubted", () -> roster.doubts() > 0);
        assertThat(answer).isNotDone();
        moveHere();

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(arrived).isNotEmpty();
        assertThat(here.asked()).containsExactly("CancelInstance");
    }

    @Test
    void asksAgainAnOwnerThatDoesNotServeYet() throws Exception {
        there.owns(false);

        CompletableFuture<Answer> answer = gateway.ask(INSTANCE, CANCEL);
        Waiting.until("the roster is doubted", () -> roster.doubts() > 0);
        there.owns(true);

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(there.asked()).containsExactly("CancelInstance");
    }

    @Test
    void waitsForALinkToTheOwner() {
        network.cut("a", "b");
        network.settle();

        CompletableFuture<Answer> answer = gateway.ask(INSTANCE, CANCEL);
        network.restore("a", "b");

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(there.asked()).containsExactly("CancelInstance");
    }

    @Test
    void aStartThatMayHaveArrivedIsNotFresh() throws Exception {
        isMute = true;
        CompletableFuture<Answer> answer = lose(gateway.start(INSTANCE, START, PLAN, true, Duration.ZERO));

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(here.asked()).containsExactly("StartInstance");
    }

    @Test
    void aResultThatMayHaveArrivedIsSentAgain() throws Exception {
        isMute = true;
        CompletableFuture<Reply> answer = lose(gateway.send(INSTANCE, RESULT));

        assertThat(join(answer)).isEqualTo(Reply.ACCEPTED);
        assertThat(here.asked()).containsExactly("CompleteJob");
    }

    @Test
    void aResultThatCountedBeforeItsAnswerWasLostIsToldAsCounted() throws Exception {
        isMute = true;
        traces.ends.add("TaskCompleted");
        here.refuse(Reply.Refusal.JOB_STALE);

        CompletableFuture<Reply> answer = lose(gateway.send(INSTANCE, RESULT));

        assertThat(join(answer)).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void aResultThatComesTooLateIsToldSoAlsoWhereItsAnswerWasLost() throws Exception {
        isMute = true;
        traces.ends.add("JobLost");
        here.refuse(Reply.Refusal.JOB_STALE);

        CompletableFuture<Reply> answer = lose(gateway.send(INSTANCE, RESULT));

        assertThat(join(answer)).isEqualTo(new Reply.Refused(Reply.Refusal.JOB_STALE));
    }

    @Test
    void aRepeatedResultIsAskedForInTheHistory() {
        moveHere();
        traces.ends.add("TaskFaulted");
        here.refuse(Reply.Refusal.INSTANCE_CLOSED);

        assertThat(join(gateway.sendAgain(INSTANCE, RESULT))).isEqualTo(Reply.ACCEPTED);
        assertThat(join(gateway.send(INSTANCE, RESULT))).isEqualTo(new Reply.Refused(Reply.Refusal.INSTANCE_CLOSED));
    }

    @Test
    void aLossOfWhatSomebodyElseHasIsNone() {
        Command loss = new Command.LoseJob(1, 1, "w", null, LossReason.WORKER_GONE, null);
        isLossElsewhere = true;
        assertThat(join(gateway.send(INSTANCE, loss))).isEqualTo(new Reply.Refused(Reply.Refusal.JOB_STALE));
        assertThat(there.asked()).isEmpty();

        isLossElsewhere = false;
        assertThat(join(gateway.send(INSTANCE, loss))).isEqualTo(Reply.ACCEPTED);
        assertThat(losses).containsExactly("a", "a");
    }

    @Test
    void aWishThatWasDoneIsNotDoneAgain() throws Exception {
        isMute = true;
        traces.isDone = true;

        CompletableFuture<Answer> answer = lose(gateway.ask(INSTANCE, CANCEL));

        assertThat(join(answer).instance().get()).isEqualTo(TestingInstances.row(INSTANCE));
        // Whatever was on its way is decided before the history is looked at.
        assertThat(here.asked()).containsExactly("WakeInstance");
    }

    @Test
    void aWishThatWasNotDoneIsSentAgain() throws Exception {
        isMute = true;
        CompletableFuture<Answer> answer = lose(gateway.ask(INSTANCE, CANCEL));

        assertThat(join(answer).reply()).isEqualTo(Reply.ACCEPTED);
        assertThat(here.asked()).containsExactly("WakeInstance", "CancelInstance");
    }

    @Test
    void aNodeThatStopsIsNotTheCallersConcern() {
        TestingPeers stopping = network.node("c");
        roster.join(TestingRoster.member("c", "c:1"));
        roster.own(TestingInstances.PARTITION, "c");
        stopping.respond(Request.RequestCase.ASK, (node, request) -> {
            arrived.add("c");
            return CompletableFuture.completedFuture(
                    Failures.response(new ServiceException(ErrorCode.UNAVAILABLE, "The node is stopping.")));
        });

        CompletableFuture<Reply> answer = gateway.send(INSTANCE, RESULT);
        network.settle();
        assertThat(arrived).contains("c");
        moveHere();

        assertThat(join(answer)).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void givesUpInTimeAndSaysWhen() {
        gateway = gateway(Duration.ofMillis(50), 10);
        roster.own(TestingInstances.PARTITION, null);
        assertCode(gateway.ask(INSTANCE, CANCEL), ErrorCode.UNAVAILABLE, "partition 3");

        roster.own(TestingInstances.PARTITION, "b");
        isMute = true;
        assertCode(gateway.ask(INSTANCE, CANCEL), ErrorCode.UNAVAILABLE, "partition 3");
    }

    @Test
    void refusesEarlyWhatTheOwnerDoesNotTake() throws Exception {
        gateway = gateway(Duration.ofSeconds(20), 2);
        isMute = true;
        CompletableFuture<Reply> first = gateway.send(INSTANCE, RESULT);
        CompletableFuture<Reply> second = gateway.send(INSTANCE, RESULT);

        assertCode(gateway.send(INSTANCE, RESULT), ErrorCode.OVERLOADED, "to node b");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        Waiting.until("both arrive", () -> arrived.size() == 2);
    }

    @Test
    void tellsWhatTheOwnerSays() {
        roster.join(TestingRoster.member("c", "c:1"));
        roster.own(TestingInstances.PARTITION, "c");
        network.node("c")
                .respond(
                        Request.RequestCase.ASK,
                        (node, request) -> CompletableFuture.completedFuture(
                                Failures.response(new ServiceException(ErrorCode.OVERLOADED, "Too much waits."))));

        assertCode(gateway.ask(INSTANCE, CANCEL), ErrorCode.OVERLOADED, "Too much waits.");
    }

    @Test
    void anUnknownInstanceIsOneAlsoWhereAnotherNodeSaysSo() {
        Response unknown = Asks.response(
                new Answer(new Reply.Refused(Reply.Refusal.INSTANCE_UNKNOWN), () -> {
                    throw new AssertionError("Expected nobody to ask for an instance that is not there");
                }),
                true);

        assertThat(Asks.answer(unknown.getAnswer()).reply())
                .isEqualTo(new Reply.Refused(Reply.Refusal.INSTANCE_UNKNOWN));
    }

    /** The owner gets it and is lost before it answers; then this node owns the partition. */
    private <T> CompletableFuture<T> lose(CompletableFuture<T> asked) throws Exception {
        Waiting.until("it arrives", () -> !arrived.isEmpty());
        network.cut("a", "b");
        network.settle();
        assertThat(asked).isNotDone();
        moveHere();
        return asked;
    }

    private void moveHere() {
        there.owns(false);
        here.owns(true);
        roster.own(TestingInstances.PARTITION, "a");
    }

    private ClusterGateway gateway(Duration patience, int underWay) {
        ClusterGateway made = new ClusterGateway(
                here,
                number -> here.owns(),
                peers,
                roster,
                traces,
                new ClusterGateway.Limits(patience, underWay, 100),
                threads);
        made.begin();
        return made;
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void assertCode(CompletableFuture<?> future, ErrorCode code, String detail) {
        assertThatThrownBy(() -> join(future)).cause().isInstanceOfSatisfying(ServiceException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).contains(detail);
        });
    }
}
