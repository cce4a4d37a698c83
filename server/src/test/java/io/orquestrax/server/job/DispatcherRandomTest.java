package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.partition.CommandGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers come, go and report at random over an engine that keeps the books; named rules hold at every step. */
final class DispatcherRandomTest {
    private static final int STEPS = 2_000;
    private static final List<String> TYPES = List.of("a", "b", "c");
    private static final JobLimits LIMITS =
            new JobLimits(Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofSeconds(40), null, 5);

    private final TestingTime time = new TestingTime();
    private final Map<String, TestingWorker> workers = new HashMap<>();
    private final TestingWorker.Books books = new TestingWorker.Books();
    private final Engine engine = new Engine();
    private final Dispatcher dispatcher = new Dispatcher(
            engine,
            time.clock(),
            new DispatcherSettings(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMinutes(5)),
            new WorkFeed(),
            time,
            null);
    private Random random = new Random();
    private int instances;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L));
        new Random().longs(5).forEach(seeds::add);
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheRules(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            act();
            checkRules();
        }
        finishEverything();
        assertThat(engine.open).as("open attempts at the end").isEmpty();
        assertThat(books.unsettled()).as("results that nobody was told of").isEmpty();
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> offer();
            case 3 -> connect();
            case 4 -> oneWorker().ifPresent(this::disconnect);
            case 5, 6, 7 -> oneWorker().ifPresent(TestingWorker::report);
            case 8 -> oneWorker().ifPresent(TestingWorker::heartbeatOrHandBack);
            case 9 -> withdraw();
            case 10 -> engine.answerSome();
            case 11 -> time.pass(Duration.ofMillis(random.nextInt(15_000)));
            default -> throw new AssertionError();
        }
    }

    private void offer() {
        JobLimits limits =
                new JobLimits(LIMITS.waiting(), LIMITS.running(), LIMITS.heartbeat(), null, random.nextInt(3) * 4);
        JobOffer offer = TestingJobs.offer(++instances, TYPES.get(random.nextInt(TYPES.size())), limits);
        engine.offer(offer);
    }

    private void connect() {
        String id = "worker-" + random.nextInt(6);
        worker(id).connect(dispatcher);
    }

    private TestingWorker worker(String id) {
        List<String> types =
                id.equals("worker-last") ? TYPES : TYPES.subList(random.nextInt(TYPES.size()), TYPES.size());
        return workers.computeIfAbsent(id, name -> new TestingWorker(name, types, random, books));
    }

    private void disconnect(TestingWorker worker) {
        worker.disconnect(true);
        if (random.nextInt(3) == 0) {
            worker.forget();
        }
    }

    private java.util.Optional<TestingWorker> oneWorker() {
        List<TestingWorker> connected =
                workers.values().stream().filter(TestingWorker::isConnected).toList();
        return connected.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(connected.get(random.nextInt(connected.size())));
    }

    private void withdraw() {
        List<JobId> open = List.copyOf(engine.open.keySet());
        if (!open.isEmpty() && random.nextInt(3) == 0) {
            JobId job = open.get(random.nextInt(open.size()));
            engine.open.remove(job);
            dispatcher.withdraw(job);
        }
    }

    private void finishEverything() {
        for (int round = 0;
                round < 500 && !(engine.open.isEmpty() && books.unsettled().isEmpty());
                round++) {
            worker("worker-last");
            workers.values().stream()
                    .filter(worker -> !worker.isConnected())
                    .forEach(worker -> worker.connect(dispatcher));
            workers.values().forEach(TestingWorker::report);
            engine.answerAll();
            time.pass(Duration.ofSeconds(1));
        }
    }

    private void checkRules() {
        Map<JobId, String> holders = new HashMap<>();
        for (TestingWorker worker : workers.values()) {
            if (!worker.isConnected()) {
                continue;
            }
            assertThat(worker.running.size()).as("jobs of " + worker.id).isLessThanOrEqualTo(worker.capacity);
            for (JobId job : worker.running.keySet()) {
                assertThat(holders.put(job, worker.id))
                        .as("two workers have " + job)
                        .isNull();
            }
        }
    }

    /** Knows which attempt of each job is open, as the engine would. */
    private final class Engine implements CommandGateway {
        private final Map<JobId, JobOffer> open = new HashMap<>();
        private final List<Runnable> waiting = new ArrayList<>();

        void offer(JobOffer offer) {
            open.put(new JobId(offer.instance(), offer.activation(), offer.attempt()), offer);
            dispatcher.offer(offer);
        }

        @Override
        public CompletableFuture<Reply> send(UUID instance, Command command) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            if (random.nextInt(10) == 0) {
                reply.completeExceptionally(new IllegalStateException("overloaded"));
            } else if (random.nextBoolean()) {
                decide(instance, command, reply);
            } else {
                waiting.add(() -> decide(instance, command, reply));
            }
            return reply;
        }

        private void decide(UUID instance, Command command, CompletableFuture<Reply> reply) {
            JobId job = switch (command) {
                case CompleteJob result -> new JobId(instance, result.activation(), result.attempt());
                case FailJob result -> new JobId(instance, result.activation(), result.attempt());
                case LoseJob loss -> new JobId(instance, loss.activation(), loss.attempt());
                default -> throw new AssertionError(command);
            };
            JobOffer offer = open.remove(job);
            if (offer == null) {
                reply.complete(new Reply.Refused(Reply.Refusal.JOB_STALE));
                return;
            }
            reply.complete(Reply.ACCEPTED);
            if (command instanceof LoseJob) {
                offer(TestingJobs.nextAttempt(offer));
            }
        }

        void answerSome() {
            for (int count = random.nextInt(4); count > 0 && !waiting.isEmpty(); count--) {
                waiting.remove(random.nextInt(waiting.size())).run();
            }
        }

        void answerAll() {
            while (!waiting.isEmpty()) {
                waiting.removeFirst().run();
            }
        }
    }
}
