package io.orquestrax.server.api.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.Acknowledgement;
import io.orquestrax.protocol.v1.Addresses;
import io.orquestrax.protocol.v1.Failure;
import io.orquestrax.protocol.v1.HandBack;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Heartbeats;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.JobClaim;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.protocol.v1.JobType;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.protocol.v1.RetryPolicy;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.protocol.v1.WorkerServiceGrpc;
import io.orquestrax.server.api.grpc.GrpcProblems;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.job.JobKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WorkerStreamTest extends WorkerDoorFixture {

    @Test
    void welcomesAWorkerAndPushesJobsWithEveryDigitOfTheirInput() throws Exception {
        dispatcher.offer(offer(1));

        TestingWorker worker = connect(hello(1));

        ServerMessage welcome = worker.next();
        assertThat(welcome.getWelcome().getNodeId()).isEqualTo("node-1");
        assertThat(welcome.getWelcome().getServerVersion()).isEqualTo("1.2.3");
        assertThat(welcome.getWelcome().getGrace().getSeconds()).isEqualTo(60);
        Job job = worker.next().getJobs().getJobs(0);
        assertThat(job.getKey()).isEqualTo(JobKeys.write(id(1)));
        assertThat(job.getInput().toStringUtf8()).isEqualTo(INPUT);
        assertThat(job.getLastProgress().toStringUtf8()).isEqualTo("[0.50]");
        assertThat(job.getDefinition().getName()).isEqualTo("order");
        assertThat(job.getBusinessKey()).isEqualTo("order-7");
        assertThat(job.hasRunningLimit()).isFalse();
    }

    @Test
    void sendsManyJobsInFewMessagesWithinTheClientsMessageLimit() throws Exception {
        for (int number = 1; number <= 50_000; number++) {
            dispatcher.offer(offer(number));
        }

        TestingWorker worker = connect(hello(50_000));
        worker.next();
        int jobs = 0;
        int messages = 0;
        for (; jobs < 50_000; messages++) {
            jobs += worker.next().getJobs().getJobsCount();
        }

        assertThat(jobs).isEqualTo(50_000);
        assertThat(messages).isBetween(5, 500);
    }

    @Test
    void acknowledgesResultsOnceTheyAreDurable() throws Exception {
        dispatcher.offer(offer(1));
        TestingWorker worker = connect(hello(1));
        worker.jobs(1);

        worker.report(output(1, "{\"charged\":1.10}"));

        assertThat(worker.acknowledgement())
                .isEqualTo(Acknowledgement.newBuilder()
                        .setKey(JobKeys.write(id(1)))
                        .setCounted(true)
                        .build());
        assertThat(partition.next(CompleteJob.class).output()).hasToString("{\"charged\":1.10}");
    }

    @Test
    void oneBadResultFailsItsJobAndNoOther() throws Exception {
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));
        dispatcher.offer(offer(3));
        TestingWorker worker = connect(hello(3));
        worker.jobs(3);

        worker.report(
                output(1, "{\"half\":"),
                Result.newBuilder()
                        .setKey(JobKey.newBuilder().setInstanceId("nonsense"))
                        .build(),
                failure(2, "[1]"),
                output(3, "3"));

        FailJob malformedOutput = partition.next(FailJob.class);
        assertThat(malformedOutput.error().title()).isEqualTo("Malformed output");
        assertThat(malformedOutput.error().detail()).contains("line 1");
        assertThat(malformedOutput.retryable()).isFalse();
        FailJob malformedError = partition.next(FailJob.class);
        assertThat(malformedError.error().title()).isEqualTo("Malformed error");
        assertThat(malformedError.retryable()).isTrue();
        assertThat(partition.next(CompleteJob.class).output()).isEqualTo(Json.readTrusted("3"));
    }

    @Test
    void failuresCarryTheDeclaredPolicy() throws Exception {
        dispatcher.offer(offer(1));
        JobType type = JobType.newBuilder()
                .setType("charge")
                .setRetry(RetryPolicy.newBuilder()
                        .setMaxAttempts(4)
                        .setDelay(com.google.protobuf.Duration.newBuilder().setSeconds(2))
                        .setJitter(0.5)
                        .addNonRetryableErrors("https://example.com/declined"))
                .build();
        TestingWorker worker =
                connect(hello(1).toBuilder().clearTypes().addTypes(type).build());
        worker.jobs(1);

        worker.send(WorkerMessage.newBuilder()
                .setHeartbeats(Heartbeats.newBuilder()
                        .addHeartbeats(Heartbeat.newBuilder()
                                .setKey(JobKeys.write(id(1)))
                                .setProgress(ByteString.copyFromUtf8("{\"done\":4}"))))
                .build());
        worker.report(failure(1, "{\"type\":\"https://example.com/broken\",\"status\":502,\"detail\":\"down\"}"));

        FailJob command = partition.next(FailJob.class);
        assertThat(command.error().status()).isEqualTo(502);
        assertThat(command.progress()).hasToString("{\"done\":4}");
        assertThat(command.policy()).satisfies(policy -> {
            assertThat(policy.maxAttempts()).isEqualTo(4);
            assertThat(policy.delay()).isEqualTo(Duration.ofSeconds(2));
            assertThat(policy.backoff()).isEqualTo(1);
            assertThat(policy.maxDelay()).isNull();
            assertThat(policy.nonRetryableErrors()).containsExactly("https://example.com/declined");
        });
    }

    @Test
    void aLateResultIsAcknowledgedAsNotCounted() throws Exception {
        partition.refuse(Refusal.JOB_STALE);
        TestingWorker worker = connect(hello(1));
        worker.next();

        worker.report(output(9, "1"));

        assertThat(worker.acknowledgement().getCounted()).isFalse();
    }

    @Test
    void withdrawnJobsAreCancelled() throws Exception {
        dispatcher.offer(offer(1));
        TestingWorker worker = connect(hello(1));
        worker.jobs(1);

        dispatcher.withdraw(id(1));

        assertThat(worker.next().getCancellations().getKeysList()).containsExactly(JobKeys.write(id(1)));
    }

    @Test
    void aReconnectKeepsWhatItClaims() throws Exception {
        dispatcher.offer(offer(1));
        TestingWorker worker = connect(hello(1));
        worker.jobs(1);

        TestingWorker again = connect(hello(1).toBuilder()
                .addClaims(JobClaim.newBuilder().setKey(JobKeys.write(id(1))))
                .build());

        assertThat(again.next().getWelcome().getRefusedClaimsList()).isEmpty();
        assertThat(worker.failure().getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        again.report(output(1, "1"));
        assertThat(again.acknowledgement().getCounted()).isTrue();
        partition.next(CompleteJob.class);
        assertThat(partition.isEmpty()).isTrue();
    }

    @Test
    void aSecondWorkersClaimIsRefused() throws Exception {
        dispatcher.offer(offer(1));
        connect(hello(1)).jobs(1);

        TestingWorker other = connect(hello(1).toBuilder()
                .setWorkerId("other")
                .addClaims(JobClaim.newBuilder().setKey(JobKeys.write(id(1))))
                .build());

        assertThat(other.next().getWelcome().getRefusedClaimsList()).containsExactly(JobKeys.write(id(1)));
    }

    @Test
    void handedBackJobsGoToOthersAtOnce() throws Exception {
        dispatcher.offer(offer(1));
        TestingWorker worker = connect(hello(1));
        worker.jobs(1);

        worker.send(WorkerMessage.newBuilder()
                .setHandBack(HandBack.newBuilder().addKeys(JobKeys.write(id(1))))
                .build());

        assertThat(partition.next(LoseJob.class).reason()).isEqualTo(LossReason.HANDED_BACK);
    }

    @Test
    void aStreamThatIsClosedInOrderEndsInOrder() throws Exception {
        TestingWorker worker = connect(hello(1));
        worker.next();

        worker.out.onCompleted();

        assertThat(worker.ended.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(dispatcher.workers()).isEmpty();
    }

    @Test
    void aWorkerIsToldWhereItCanGoWhenItComesAndWhenThatChanges() throws Exception {
        roster.join(node("node-1", "one:1", Roster.State.SERVING));
        roster.join(node("node-0", "zero:1", Roster.State.SERVING));
        roster.join(node("not-yet", "not:1", Roster.State.JOINING));
        TestingWorker worker = connect(hello(1));
        assertThat(worker.next().getWelcome().getAddressesList()).containsExactly("one:1", "zero:1");

        roster.tellAgain();
        roster.join(node("node-2", "two:1", Roster.State.SERVING));

        Addresses told = worker.next().getAddresses();
        assertThat(told.getAddressesList()).containsExactly("one:1", "zero:1", "two:1");
        assertThat(told.getLeaving()).isFalse();
    }

    @Test
    void aNodeThatLeavesSendsItsWorkersElsewhere() throws Exception {
        roster.join(node("node-1", "one:1", Roster.State.SERVING));
        roster.join(node("node-2", "two:1", Roster.State.SERVING));
        TestingWorker worker = connect(hello(1));
        worker.next();

        leave();

        Addresses told = worker.next().getAddresses();
        assertThat(told.getAddressesList()).containsExactly("two:1");
        assertThat(told.getLeaving()).isTrue();
    }

    @Test
    void theLastNodeSendsNobodyAway() throws Exception {
        TestingWorker worker = connect(hello(1));
        worker.next();

        leave();
        dispatcher.offer(offer(1));

        assertThat(worker.next().hasJobs()).isTrue();
    }

    private static Roster.Member node(String id, String apiAddress, Roster.State state) {
        return new Roster.Member(
                id, "test", 1, "", apiAddress, Instant.EPOCH, state, true, Duration.ZERO, Roster.Load.NONE);
    }

    @Test
    void aMalformedHelloIsRefusedWithItsProblem() throws Exception {
        TestingWorker worker = connect(hello(1).toBuilder().setCapacity(0).build());

        StatusRuntimeException failure = worker.failure();

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains("hello.capacity", "but got 0");
        Problem problem =
                Problem.parseFrom(Objects.requireNonNull(failure.getTrailers()).get(GrpcProblems.PROBLEM));
        assertThat(problem.getCode()).isEqualTo(ErrorCode.INVALID_REQUEST.text());
    }

    @Test
    void anythingBeforeTheHelloIsRefused() throws Exception {
        TestingWorker worker = new TestingWorker();

        worker.report(output(1, "1"));

        assertThat(worker.failure().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(partition.isEmpty()).isTrue();
    }

    private TestingWorker connect(Hello hello) {
        TestingWorker worker = new TestingWorker();
        worker.send(WorkerMessage.newBuilder().setHello(hello).build());
        return worker;
    }

    private static Hello hello(int capacity) {
        return Hello.newBuilder()
                .setWorkerId("w")
                .setCapacity(capacity)
                .addTypes(JobType.newBuilder().setType("charge"))
                .build();
    }

    private static Result output(int number, String json) {
        return Result.newBuilder()
                .setKey(JobKeys.write(id(number)))
                .setOutput(ByteString.copyFromUtf8(json))
                .build();
    }

    private static Result failure(int number, String json) {
        return Result.newBuilder()
                .setKey(JobKeys.write(id(number)))
                .setFailure(Failure.newBuilder()
                        .setError(ByteString.copyFromUtf8(json))
                        .setRetryable(true))
                .build();
    }

    /** The other end of a stream. */
    private final class TestingWorker implements StreamObserver<ServerMessage> {
        private final BlockingQueue<ServerMessage> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        private final StreamObserver<WorkerMessage> out = GrpcClients.builder("gproto+http://127.0.0.1:" + port())
                .responseTimeoutMillis(0)
                .maxResponseLength(0)
                .build(WorkerServiceGrpc.WorkerServiceStub.class)
                .work(this);

        void send(WorkerMessage message) {
            out.onNext(message);
        }

        void report(Result... results) {
            send(WorkerMessage.newBuilder()
                    .setResults(io.orquestrax.protocol.v1.Results.newBuilder().addAllResults(List.of(results)))
                    .build());
        }

        ServerMessage next() throws InterruptedException {
            ServerMessage message = messages.poll(20, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("Expected a message, but none came");
            }
            return message;
        }

        /** Past the welcome. */
        List<JobId> jobs(int count) throws InterruptedException {
            next();
            List<JobId> jobs = new ArrayList<>();
            while (jobs.size() < count) {
                next().getJobs()
                        .getJobsList()
                        .forEach(job -> jobs.add(JobKeys.read(job.getKey()).orElseThrow()));
            }
            return jobs;
        }

        Acknowledgement acknowledgement() throws InterruptedException {
            return next().getAcknowledgements().getAcknowledgements(0);
        }

        StatusRuntimeException failure() throws Exception {
            return (StatusRuntimeException) ended.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onNext(ServerMessage message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(failure);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
