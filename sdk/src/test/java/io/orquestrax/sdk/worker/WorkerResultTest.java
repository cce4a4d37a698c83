package io.orquestrax.sdk.worker;

import static io.orquestrax.sdk.worker.TestingConnection.job;
import static io.orquestrax.sdk.worker.TestingConnection.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.JobType;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.sdk.Payload;
import io.orquestrax.sdk.TestingServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a job: the handler's view of it, and the result that the server gets. */
class WorkerResultTest {
    private final TestingWorkerService service = new TestingWorkerService();
    private final TestingServer server = new TestingServer(service);

    record Person(String name) {}

    record Greeting(String text) {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void introducesItselfWithWhatItsHandlersDeclare() throws Exception {
        HandlerOptions options = HandlerOptions.NONE
                .withRetry(RetryPolicy.attempts(4)
                        .withDelay(Duration.ofMillis(1500))
                        .withMaxDelay(Duration.ofSeconds(9))
                        .withNonRetryableErrors("urn:no"))
                .withRunningLimit(Duration.ofMinutes(1))
                .withHeartbeatLimit(Duration.ofSeconds(5));
        try (Worker worker = Worker.builder("http://" + server.target())
                .name("tester")
                .buildId("b1")
                .capacity(7)
                .handler("full", JsonNode.class, options, (input, context) -> input)
                .handler("plain", (input, context) -> input)
                .build()
                .start()) {
            // when
            Hello hello = service.awaitConnection().awaitHello();

            // then
            assertThat(hello.getWorkerId()).isEqualTo(worker.id());
            assertThat(hello.getName()).isEqualTo("tester");
            assertThat(hello.getBuildId()).isEqualTo("b1");
            assertThat(hello.getCapacity()).isEqualTo(7);
            assertThat(hello.getLanguage()).isEqualTo("java");
            assertThat(hello.getPid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(hello.getClaimsList()).isEmpty();
            JobType full = hello.getTypes(0);
            assertThat(full.getRetry().getMaxAttempts()).isEqualTo(4);
            assertThat(full.getRetry().getDelay())
                    .isEqualTo(com.google.protobuf.Duration.newBuilder()
                            .setSeconds(1)
                            .setNanos(500_000_000)
                            .build());
            assertThat(full.getRetry().getBackoff()).isEqualTo(2);
            assertThat(full.getRetry().getMaxDelay().getSeconds()).isEqualTo(9);
            assertThat(full.getRetry().getNonRetryableErrorsList()).containsExactly("urn:no");
            assertThat(full.getRunningLimit().getSeconds()).isEqualTo(60);
            assertThat(full.getHeartbeatLimit().getSeconds()).isEqualTo(5);
            assertThat(hello.getTypes(1).hasRetry()).isFalse();
            assertThat(hello.getTypes(1).hasRunningLimit()).isFalse();
        }
    }

    @Test
    void readsInputAsRecordAndWritesRecord() throws Exception {
        Result result = execute(
                Worker.builder(server.target())
                        .handler(
                                "greet",
                                Person.class,
                                (person, context) -> new Greeting("Hello, " + person.name() + ", " + context.jobId())),
                "{\"name\":\"Ada\",\"unknown\":1}");

        assertThat(result.getOutput().toStringUtf8())
                .isEqualTo("{\"text\":\"Hello, Ada, " + TestingConnection.INSTANCE + ".1.1\"}");
        assertThat(result.hasStartedAt()).isTrue();
    }

    @Test
    void keepsEveryDigitInTrees() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", (input, context) -> input),
                "{\"a\":9007199254740993,\"b\":1.10,\"c\":100000000000000000001}");

        assertThat(result.getOutput().toStringUtf8())
                .isEqualTo("{\"a\":9007199254740993,\"b\":1.10,\"c\":100000000000000000001}");
    }

    @Test
    void tellsWhatBecameOfResults() throws Exception {
        BlockingQueue<String> settled = new LinkedBlockingQueue<>();
        try (Worker worker = Worker.builder(server.target())
                .handler("greet", (input, context) -> {
                    context.onSettled(counts -> settled.add(context.jobId() + " " + counts));
                    if (input.has("fails")) {
                        throw JobFailure.of("urn:no", 400);
                    }
                    return input;
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitConnection();
            connection.awaitHello();
            connection.welcome();
            String id = TestingConnection.INSTANCE;

            connection.give(job(1, "greet", "{}"));
            connection.awaitResult();
            assertThat(settled).isEmpty();
            connection.acknowledge(key(1));
            assertThat(settled.poll(20, TimeUnit.SECONDS)).isEqualTo(id + ".1.1 true");

            connection.give(job(2, "greet", "{}"));
            connection.awaitResult();
            connection.cancel(key(2));
            assertThat(settled.poll(20, TimeUnit.SECONDS)).isEqualTo(id + ".2.1 false");

            connection.give(job(3, "greet", "{\"fails\":true}"));
            assertThat(settled.poll(20, TimeUnit.SECONDS)).isEqualTo(id + ".3.1 false");

            connection.give(job(4, "greet", "{}"));
            connection.awaitResult();
            connection.awaitResult();
            worker.close();
            assertThat(settled.poll(20, TimeUnit.SECONDS)).isEqualTo(id + ".4.1 false");
        }
    }

    @Test
    void answersNullWhereTheHandlerHasNoOutput() throws Exception {
        Result result =
                execute(Worker.builder(server.target()).voidHandler("greet", Map.class, (input, context) -> {}), "{}");

        assertThat(result.getOutput().toStringUtf8()).isEqualTo("null");
    }

    @Test
    void reportsJobFailureAsErrorWithAllItsMembers() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", (input, context) -> {
                    throw JobFailure.of("urn:declined", 402)
                            .title("Declined")
                            .detail("No money")
                            .with("balance", 3)
                            .notRetryable();
                }),
                "{}");

        assertThat(result.getFailure().getRetryable()).isFalse();
        JsonNode error = error(result);
        assertThat(error)
                .isEqualTo(Payload.ofJson("{\"balance\":3,\"type\":\"urn:declined\",\"status\":402,"
                                + "\"title\":\"Declined\",\"detail\":\"No money\"}")
                        .tree());
    }

    @Test
    void reportsAnyOtherExceptionAsRuntimeErrorThatMayBeRetried() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", (input, context) -> {
                    throw new IllegalStateException("The printer is on fire");
                }),
                "{}");

        assertThat(result.getFailure().getRetryable()).isTrue();
        assertThat(error(result).path("type").asText()).endsWith("/errors/runtime");
        assertThat(error(result).path("status").asInt()).isEqualTo(500);
        assertThat(error(result).path("detail").asText()).isEqualTo("The printer is on fire");
    }

    @Test
    void reportsErrorsOfTheMachineAsFailures() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", (input, context) -> {
                    throw new StackOverflowError();
                }),
                "{}");

        assertThat(error(result).path("title").asText()).isEqualTo("StackOverflowError");
    }

    @Test
    void refusesInputThatDoesNotFitWithoutRetry() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", Person.class, (person, context) -> person), "[1,2]");

        assertThat(result.getFailure().getRetryable()).isFalse();
        assertThat(error(result).path("type").asText()).endsWith("/errors/validation");
        assertThat(error(result).path("detail").asText()).contains("greet").contains("Person");
    }

    @Test
    void failsJobWhoseOutputIsLargerThanAMessage() throws Exception {
        Result result = execute(
                Worker.builder(server.target())
                        .maxMessageBytes(64 << 10)
                        .handler("greet", (input, context) -> "x".repeat(64 << 10)),
                "{}");

        assertThat(result.getFailure().getRetryable()).isFalse();
        assertThat(error(result).path("detail").asText()).contains("at most 61440 bytes");
    }

    @Test
    void shortensErrorThatIsLargerThanAMessage() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).maxMessageBytes(64 << 10).handler("greet", (input, context) -> {
                    throw JobFailure.of("urn:long", 500).detail("x".repeat(64 << 10));
                }),
                "{}");

        assertThat(error(result).path("type").asText()).isEqualTo("urn:long");
        assertThat(result.getFailure().getError().size()).isLessThan(1000);
    }

    @Test
    void failsJobWhoseOutputCannotBeWritten() throws Exception {
        Result result = execute(
                Worker.builder(server.target()).handler("greet", (input, context) -> {
                    Object[] self = new Object[1];
                    self[0] = self;
                    return self;
                }),
                "{}");

        assertThat(error(result).path("type").asText()).endsWith("/errors/runtime");
    }

    @Test
    void tellsTheHandlerWhatItKnowsOfTheJob() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        try (Worker worker = Worker.builder(server.target())
                .handler("greet", (input, context) -> {
                    seen.set(context.instanceId() + " " + context.type() + " " + context.task() + " "
                            + context.attempt() + " " + context.businessKey().orElse("-") + " " + context.definition()
                            + " " + context.lastProgress(Integer.class).orElse(-1));
                    return null;
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();

            // when
            var job = job(1, "greet", "{}").toBuilder().setLastProgress(ByteString.copyFromUtf8("40"));
            job.setBusinessKey("order-7");
            job.getDefinitionBuilder().setNamespace("n").setName("d").setVersion("1.0.0");
            connection.give(job.build());
            connection.awaitResult();
            connection.acknowledge(key(1));

            // then
            assertThat(seen.get()).isEqualTo(TestingConnection.INSTANCE + " greet /do/0/step 1 order-7 n/d/1.0.0 40");
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void findsHandlersByServiceLoader() throws Exception {
        Result result =
                execute(Worker.builder(server.target()).discover(getClass().getClassLoader()), "{\"name\":\"Ada\"}");

        assertThat(result.getOutput().toStringUtf8()).isEqualTo("\"found\"");
    }

    private Result execute(Worker.Builder builder, String input) throws InterruptedException {
        try (Worker worker = builder.build().start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "greet", input));
            Result result = connection.awaitResult();
            connection.acknowledge(result.getKey());
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
            return result;
        }
    }

    private static JsonNode error(Result result) {
        return Payload.ofJson(result.getFailure().getError().toByteArray()).tree();
    }
}
