package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers come, go and report at random over an engine that keeps the books; named rules hold at every step. */
final class DispatcherRandomTest {
    private static final int STEPS = 2_000;
    private static final List<String> TYPES = List.of("a", "b", "c");
    private static final JobLimits LIMITS =
            new JobLimits(Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofSeconds(40), null, 5);

    private final TestingTime time = new TestingTime();
    private final Map<String, SimulatedWorker> workers = new HashMap<>();
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
        assertThat(engine.results).as("results that nobody was told of").isEmpty();
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> offer();
            case 3 -> connect();
            case 4 -> oneWorker().ifPresent(SimulatedWorker::disconnect);
            case 5, 6, 7 -> oneWorker().ifPresent(SimulatedWorker::report);
            case 8 -> oneWorker().ifPresent(SimulatedWorker::heartbeatOrHandBack);
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
        workers.computeIfAbsent(id, SimulatedWorker::new).connect();
    }

    private java.util.Optional<SimulatedWorker> oneWorker() {
        List<SimulatedWorker> connected = workers.values().stream()
                .filter(worker -> worker.session != null)
                .toList();
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
        for (int round = 0; round < 500 && !(engine.open.isEmpty() && engine.results.isEmpty()); round++) {
            workers.computeIfAbsent("worker-last", SimulatedWorker::new).connectIfAway();
            workers.values().forEach(SimulatedWorker::connectIfAway);
            workers.values().forEach(SimulatedWorker::report);
            engine.answerAll();
            time.pass(Duration.ofSeconds(1));
        }
    }

    private void checkRules() {
        Map<JobId, String> holders = new HashMap<>();
        for (SimulatedWorker worker : workers.values()) {
            if (worker.session == null) {
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

    /** Keeps what it was given until it is told to stop or acknowledged, over all its connections. */
    private final class SimulatedWorker implements WorkerSink {
        private final String id;
        private final int capacity = 1 + random.nextInt(4);
        private final List<String> types = TYPES.subList(random.nextInt(TYPES.size()), TYPES.size());
        private final Map<JobId, JobOffer> running = new HashMap<>();
        private final Map<JobId, JobResult> kept = new HashMap<>();
        private @Nullable WorkerSession session;
        private int connections;

        SimulatedWorker(String id) {
            this.id = id;
        }

        void connectIfAway() {
            if (session == null) {
                connect();
            }
        }

        void connect() {
            Set<JobId> claims = new LinkedHashSet<>(running.keySet());
            claims.addAll(kept.keySet());
            List<WorkerHello.JobType> all = (id.equals("worker-last") ? TYPES : types)
                    .stream().map(type -> TestingJobs.type(type, null)).toList();
            WorkerSession opened = dispatcher.connect(
                    TestingJobs.hello(id, capacity, all, claims.toArray(JobId[]::new)), new Current(++connections));
            session = opened;
            opened.refusedClaims().forEach(this::drop);
            opened.results(List.copyOf(kept.values()));
        }

        void disconnect() {
            WorkerSession ending = session;
            session = null;
            if (ending != null) {
                ending.disconnected();
            }
            if (random.nextInt(3) == 0) {
                running.clear();
                kept.keySet().forEach(engine.results::remove);
                kept.clear();
            }
        }

        void report() {
            List<JobId> ready = List.copyOf(running.keySet());
            if (ready.isEmpty() || session == null) {
                return;
            }
            JobId job = ready.get(random.nextInt(ready.size()));
            running.remove(job);
            JobResult result = random.nextBoolean()
                    ? new JobResult.Completed(job, null, Json.NODES.numberNode(1))
                    : new JobResult.Failed(job, null, TestingJobs.ERROR, false);
            kept.put(job, result);
            engine.results.add(job);
            session.results(List.of(result));
        }

        void heartbeatOrHandBack() {
            for (JobId job : List.copyOf(running.keySet())) {
                if (session != null && random.nextInt(5) == 0) {
                    running.remove(job);
                    session.handBack(List.of(job));
                } else if (session != null) {
                    session.heartbeat(job, null);
                }
            }
        }

        private void drop(JobId job) {
            running.remove(job);
            kept.remove(job);
            engine.results.remove(job);
        }

        @Override
        public void assign(List<JobAssignment> jobs) {
            for (JobAssignment job : jobs) {
                engine.assigned(job.id());
                assertThat(running.put(job.id(), job.offer()))
                        .as("assigned twice")
                        .isNull();
            }
        }

        @Override
        public void acknowledge(JobId job, boolean counted) {
            kept.remove(job);
            engine.results.remove(job);
        }

        @Override
        public void cancel(List<JobId> jobs) {
            jobs.forEach(this::drop);
        }

        /** Messages over a broken connection reach nobody. */
        private final class Current implements WorkerSink {
            private final int number;

            Current(int number) {
                this.number = number;
            }

            private boolean isOpen() {
                return number == connections;
            }

            @Override
            public void assign(List<JobAssignment> jobs) {
                if (isOpen()) {
                    SimulatedWorker.this.assign(jobs);
                }
            }

            @Override
            public void acknowledge(JobId job, boolean counted) {
                if (isOpen()) {
                    SimulatedWorker.this.acknowledge(job, counted);
                }
            }

            @Override
            public void cancel(List<JobId> jobs) {
                if (isOpen()) {
                    SimulatedWorker.this.cancel(jobs);
                }
            }
        }
    }

    /** Knows which attempt of each job is open, as the engine would. */
    private final class Engine implements CommandGateway {
        private final Map<JobId, JobOffer> open = new HashMap<>();
        private final Set<JobId> handedOut = new HashSet<>();
        private final Set<JobId> results = new HashSet<>();
        private final List<Runnable> waiting = new ArrayList<>();

        void offer(JobOffer offer) {
            open.put(new JobId(offer.instance(), offer.activation(), offer.attempt()), offer);
            dispatcher.offer(offer);
        }

        void assigned(JobId job) {
            assertThat(handedOut.add(job)).as(job + " was handed out twice").isTrue();
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
