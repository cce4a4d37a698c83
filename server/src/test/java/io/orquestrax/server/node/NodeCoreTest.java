package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.orchestration.OwnId;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.orchestration.Started;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeCoreTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String CALL = "- charge:\n    call: charge-card";

    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void runsAWorkflowToItsEnd() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("answer", "- answer:\n    set:\n      value: ${ .question * 2 }");

            Started started = node.orchestration()
                    .start(TestingNode.CALLER, TestingNode.request("answer", null, "{\"question\": 21}"))
                    .join();

            assertThat(started.isNew()).isTrue();
            InstanceRow row = node.instance(started.instance().id());
            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(row.output()).isEqualTo("{\"value\":42}");
            assertThat(row.input()).isEqualTo("{\"question\":21}");
            TestingNode.until(
                    "the closed instance leaves memory", () -> node.meter("orquestrax.instances.resident") == 0);
        }
    }

    @Test
    void handsJobsToWorkersAndTakesTheirResults() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            assertThat(onlyActivation(node, id).state()).isEqualTo(Activation.State.QUEUED);
            assertThat(onlyActivation(node, id).explanation())
                    .isEqualTo("No worker for type charge-card is connected.");

            JobAssignment job = takeJob(node);
            assertThat(onlyActivation(node, id).state()).isEqualTo(Activation.State.RUNNING);
            assertThat(onlyActivation(node, id).worker()).isEqualTo("till");
            boolean isCounted = node.dispatcher()
                    .complete(job.id(), Json.readTrusted("{\"paid\":1.10}"))
                    .join();

            assertThat(isCounted).isTrue();
            InstanceRow closed = node.awaitClosed(id);
            assertThat(closed.status()).isEqualTo(Status.COMPLETED);
            assertThat(closed.output()).isEqualTo("{\"paid\":1.10}");
        }
    }

    @Test
    void offersOpenJobsAgainAfterRestart() {
        UUID id;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            id = node.start("shop").id();
        }
        try (TestingNode node = TestingNode.on(database)) {
            JobAssignment job = takeJob(node);
            assertThat(job.id().instance()).isEqualTo(id);
            node.dispatcher().complete(job.id(), Json.readTrusted("1")).join();
            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void givesNoAttemptOutTwiceWhereItsInstanceWasSuspendedOverARestart() {
        UUID id;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            id = node.start("shop").id();
            assertThat(takeJob(node).id().attempt()).isEqualTo(1);
            node.orchestration()
                    .suspend(TestingNode.CALLER, id, "over a restart")
                    .join();
        }
        try (TestingNode node = TestingNode.on(database)) {
            node.orchestration().resume(TestingNode.CALLER, id, "after it").join();

            assertThat(takeJob(node).id().attempt()).isEqualTo(2);
        }
    }

    @Test
    void aWorkerKeepsItsJobWhereItsInstanceWasSuspendedOverARestart() {
        UUID id;
        JobId job;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            id = node.start("shop").id();
            job = takeJob(node).id();
            node.orchestration()
                    .suspend(TestingNode.CALLER, id, "over a restart")
                    .join();
        }
        try (TestingNode node = TestingNode.on(database)) {
            assertThat(node.dispatcher().reports().heartbeat(job, null).join()).isPresent();
            JobId unknown = new JobId(id, job.activation(), 2);
            assertThat(node.dispatcher().reports().heartbeat(unknown, null).join())
                    .isEmpty();

            node.orchestration().resume(TestingNode.CALLER, id, "after it").join();

            assertThat(node.dispatcher().complete(job, Json.readTrusted("1")).join())
                    .isTrue();
            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void firesTimerAfterRestart() {
        UUID id;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("nap", "- nap:\n    wait: PT1S");
            id = node.start("nap").id();
            assertThat(node.instance(id).status()).isEqualTo(Status.WAITING);
        }
        try (TestingNode node = TestingNode.on(database)) {
            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aLongWaitLeavesMemoryAndStillEnds() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("nap", "- nap:\n    wait: PT7S");
            UUID id = node.start("nap").id();
            TestingNode.until("it left memory", () -> node.meter("orquestrax.instances.resident") == 0);

            InstanceRow closed = node.awaitClosed(id);

            assertThat(closed.status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void keepsSuspendedInstanceSuspendedOverRestartAndResumesIt() {
        UUID id;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            id = node.start("shop").id();
            node.orchestration().suspend(TestingNode.CALLER, id, "audit").join();
        }
        try (TestingNode node = TestingNode.on(database)) {
            assertThat(node.instance(id).status()).isEqualTo(Status.SUSPENDED);
            assertThat(node.meter("orquestrax.instances.resident")).isZero();

            InstanceRow resumed =
                    node.orchestration().resume(TestingNode.CALLER, id, null).join();
            assertThat(resumed.status()).isEqualTo(Status.RUNNING);
            JobAssignment job = takeJob(node);
            node.dispatcher().complete(job.id(), Json.readTrusted("1")).join();

            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void refusesWhatTheStateForbids() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            assertThat(node.orchestration()
                            .cancel(TestingNode.CALLER, id, null)
                            .join()
                            .status())
                    .isEqualTo(Status.CANCELLED);

            assertThat(node.orchestration()
                            .cancel(TestingNode.CALLER, id, null)
                            .join()
                            .status())
                    .isEqualTo(Status.CANCELLED);
            TestingNode.assertCode(
                    node.orchestration().suspend(TestingNode.CALLER, id, null), ErrorCode.INSTANCE_CLOSED);
            TestingNode.assertCode(
                    node.orchestration().resume(TestingNode.CALLER, UUID.randomUUID(), null),
                    ErrorCode.INSTANCE_NOT_FOUND);
        }
    }

    @Test
    void twentyStartsWithOneKeyMakeOneInstance() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            List<CompletableFuture<Started>> starts = new ArrayList<>();
            for (int count = 0; count < 20; count++) {
                starts.add(node.orchestration()
                        .start(TestingNode.CALLER, TestingNode.request("shop", "order-1", "{\"a\":1,\"b\":2}")));
            }
            Set<UUID> ids = new HashSet<>();
            int made = 0;
            for (CompletableFuture<Started> start : starts) {
                ids.add(start.join().instance().id());
                made += start.join().isNew() ? 1 : 0;
            }

            assertThat(ids).hasSize(1);
            assertThat(made).isEqualTo(1);
            Started again = node.orchestration()
                    .start(TestingNode.CALLER, TestingNode.request("shop", "order-1", "{\"b\":2,\"a\":1}"))
                    .join();
            assertThat(again.isNew()).isFalse();
            TestingNode.assertCode(
                    node.orchestration().start(TestingNode.CALLER, TestingNode.request("shop", "order-1", "{\"a\":2}")),
                    ErrorCode.KEY_CONFLICT);
        }
    }

    @Test
    void aStartWithAnIdIsDoneOnceHoweverOftenItIsAskedFor() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", "- done:\n    set:\n      ok: true");
            node.deploy("slow", "- nap:\n    wait: PT1H");
            UUID id = new UuidSequence(Clock.systemUTC()).next();

            Started first = node.orchestration()
                    .start(TestingNode.CALLER, withId(id, false, "quick", "{\"a\":1}"))
                    .join();
            Started second = node.orchestration()
                    .start(TestingNode.CALLER, withId(id, true, "quick", "{\"a\":1}"))
                    .join();

            assertThat(first.instance().id()).isEqualTo(id);
            assertThat(second.instance().id()).isEqualTo(id);
            assertThat(node.orchestration().history(TestingNode.CALLER, id, 0, 100))
                    .filteredOn(event -> event.type().startsWith("InstanceStarted"))
                    .hasSize(1);
            TestingNode.assertCode(
                    node.orchestration().start(TestingNode.CALLER, withId(id, true, "quick", "{\"a\":2}")),
                    ErrorCode.KEY_CONFLICT);
            TestingNode.assertCode(
                    node.orchestration().start(TestingNode.CALLER, withId(id, true, "slow", "{\"a\":1}")),
                    ErrorCode.KEY_CONFLICT);
        }
    }

    @Test
    void aRepetitionStartsWhatTheFirstRequestDidNot() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", "- done:\n    set:\n      ok: true");
            UUID id = new UuidSequence(Clock.systemUTC()).next();

            Started started = node.orchestration()
                    .start(TestingNode.CALLER, withId(id, true, "quick", "{}"))
                    .join();

            assertThat(started.instance().id()).isEqualTo(id);
            assertThat(started.instance().status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void refusesIdsThatLieInNoPlace() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", "- done:\n    set:\n      ok: true");
            UUID old = UuidSequence.lowest(Instant.now().minus(Duration.ofDays(2)));
            UUID late = UuidSequence.lowest(Instant.now().plus(Duration.ofDays(2)));

            for (UUID id : List.of(UUID.randomUUID(), old, late)) {
                TestingNode.assertCode(
                        node.orchestration().start(TestingNode.CALLER, withId(id, false, "quick", "{}")),
                        ErrorCode.INVALID_ID);
            }
            OwnId own = new OwnId(new UuidSequence(Clock.systemUTC()).next(), false);
            TestingNode.assertCode(
                    node.orchestration()
                            .start(
                                    TestingNode.CALLER,
                                    new StartRequest(
                                            "test", "quick", null, "key", Json.NODES.objectNode(), Map.of(), own)),
                    ErrorCode.INVALID_REQUEST);
        }
    }

    private static StartRequest withId(UUID id, boolean isRepeated, String name, String input) {
        return new StartRequest("test", name, null, null, Json.readTrusted(input), Map.of(), new OwnId(id, isRepeated));
    }

    @Test
    void aKeyIsFreeOnceItsInstanceHasClosed() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", "- done:\n    set:\n      ok: true");
            var request = TestingNode.request("quick", "order-1", "{}");

            Started first =
                    node.orchestration().start(TestingNode.CALLER, request).join();
            Started second =
                    node.orchestration().start(TestingNode.CALLER, request).join();

            assertThat(first.instance().status()).isEqualTo(Status.COMPLETED);
            assertThat(second.isNew()).isTrue();
            assertThat(second.instance().id()).isNotEqualTo(first.instance().id());
        }
    }

    @Test
    void aRetriedInstanceTakesItsKeyBackUnlessAnotherHoldsIt() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID first = startWithKey(node, "{\"a\":1}").instance().id();
            failJob(node);
            UUID second = startWithKey(node, "{\"a\":2}").instance().id();
            assertThat(second).isNotEqualTo(first);

            TestingNode.assertCode(node.orchestration().retry(TestingNode.CALLER, first, null), ErrorCode.KEY_CONFLICT);
            assertThat(node.instance(first).status()).isEqualTo(Status.FAULTED);
            node.orchestration().cancel(TestingNode.CALLER, second, null).join();
            node.orchestration().retry(TestingNode.CALLER, first, null).join();

            Started repeated = startWithKey(node, "{\"a\":1}");
            assertThat(repeated.isNew()).isFalse();
            assertThat(repeated.instance().id()).isEqualTo(first);
            TestingNode.assertCode(
                    node.orchestration().start(TestingNode.CALLER, TestingNode.request("shop", "order-1", "{\"a\":2}")),
                    ErrorCode.KEY_CONFLICT);
            failJob(node);
            assertThat(startWithKey(node, "{\"a\":2}").isNew()).isTrue();
        }
    }

    @Test
    void aRetryThatIsRefusedLeavesTheKeyFree() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID first = startWithKey(node, "{}").instance().id();
            TestingNode.assertCode(
                    node.orchestration().retry(TestingNode.CALLER, first, null), ErrorCode.INSTANCE_NOT_FAULTED);
            node.orchestration().cancel(TestingNode.CALLER, first, null).join();
            TestingNode.assertCode(
                    node.orchestration().retry(TestingNode.CALLER, first, null), ErrorCode.INSTANCE_NOT_FAULTED);

            assertThat(startWithKey(node, "{\"a\":2}").isNew()).isTrue();
            TestingNode.assertCode(
                    node.orchestration().retry(TestingNode.CALLER, UUID.randomUUID(), null),
                    ErrorCode.INSTANCE_NOT_FOUND);
        }
    }

    private static Started startWithKey(TestingNode node, String input) {
        return node.orchestration()
                .start(TestingNode.CALLER, TestingNode.request("shop", "order-1", input))
                .join();
    }

    private static void failJob(TestingNode node) {
        JobAssignment job = takeJob(node);
        UUID instance = job.id().instance();
        node.dispatcher()
                .fail(job.id(), WorkflowError.of(StandardError.RUNTIME, "Declined", "no"), false)
                .join();
        assertThat(node.awaitClosed(instance).status()).isEqualTo(Status.FAULTED);
    }

    @Test
    void awaitAnswersWithTheOpenInstanceWhenTheWaitIsOver() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();

            InstanceRow row = node.orchestration()
                    .await(TestingNode.CALLER, id, Duration.ofMillis(100))
                    .join();

            assertThat(row.status()).isEqualTo(Status.RUNNING);
            assertThat(node.services().commits().isWanted(id, null, true)).isFalse();
            TestingNode.assertCode(
                    node.orchestration().await(TestingNode.CALLER, UUID.randomUUID(), Duration.ofSeconds(1)),
                    ErrorCode.INSTANCE_NOT_FOUND);
        }
    }

    @Test
    void tellsOfALongHistoryOnlyTheStepsOfItsEnd() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy(
                    "long",
                    "- count:\n    for:\n      in: ${ [range(6000)] }\n    do:\n      - one:\n          set:\n            n: ${ $item }");
            UUID id = node.start("long").id();
            node.awaitClosed(id);

            List<Activation> activations = node.orchestration().activations(TestingNode.CALLER, id);

            assertThat(node.orchestration().lastSequence(TestingNode.CALLER, id))
                    .isGreaterThan(10_000);
            assertThat(activations).hasSizeBetween(4000, 5999);
            assertThat(activations.getLast().output()).isEqualTo(Json.readTrusted("{\"n\":5999}"));
        }
    }

    private static JobAssignment takeJob(TestingNode node) {
        return node.dispatcher()
                .activate(Set.of("charge-card"), "till", 1, Duration.ofSeconds(20), LEASE)
                .join()
                .getFirst();
    }

    private static Activation onlyActivation(TestingNode node, UUID id) {
        List<Activation> activations = node.orchestration().activations(TestingNode.CALLER, id);
        assertThat(activations).hasSize(1);
        return activations.getFirst();
    }
}
