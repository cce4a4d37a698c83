package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that does things at random: keeps what it was given until it is told to stop or acknowledged, over all its
 * connections, to whichever node.
 */
final class TestingWorker {
    final String id;
    final int capacity;
    final Map<JobId, JobOffer> running = new HashMap<>();
    private final List<String> types;
    private final Map<JobId, JobResult> kept = new HashMap<>();
    private final Random random;
    private final Books books;
    private final List<WorkerSession> unnoticed = new ArrayList<>();
    private @Nullable WorkerSession session;
    private int connections;

    /** Of what all workers have: every attempt is given to one of them at the most, once. */
    static final class Books {
        private final Set<JobId> handedOut = new HashSet<>();
        private final Set<JobId> unsettled = new HashSet<>();

        private void assigned(JobId job) {
            assertThat(handedOut.add(job)).as(job + " was handed out twice").isTrue();
        }

        /** Its result is to be acknowledged. */
        private void reported(JobId job) {
            unsettled.add(job);
        }

        /** It was acknowledged, or is of no use any more. */
        private void settled(JobId job) {
            unsettled.remove(job);
        }

        /** Results that nobody was told of. */
        Set<JobId> unsettled() {
            return unsettled;
        }
    }

    TestingWorker(String id, List<String> types, Random random, Books books) {
        this.id = id;
        this.types = types;
        this.random = random;
        this.books = books;
        this.capacity = 1 + random.nextInt(4);
    }

    boolean isConnected() {
        return session != null;
    }

    void connect(Dispatcher dispatcher) {
        Set<JobId> claims = new LinkedHashSet<>(running.keySet());
        claims.addAll(kept.keySet());
        List<WorkerHello.JobType> all =
                types.stream().map(type -> TestingJobs.type(type, null)).toList();
        WorkerSession opened = dispatcher.connect(
                TestingJobs.hello(id, capacity, all, claims.toArray(JobId[]::new)), new Current(++connections));
        session = opened;
        opened.refusedClaims().forEach(this::drop);
        opened.results(List.copyOf(kept.values()));
    }

    /** Its stream ends, and the node may know that or not. */
    void disconnect(boolean isNoticed) {
        WorkerSession ending = session;
        session = null;
        connections++;
        if (ending != null) {
            unnoticed.add(ending);
        }
        if (isNoticed) {
            noticed();
        }
    }

    /** The nodes find out which of its streams are over. */
    void noticed() {
        unnoticed.forEach(WorkerSession::disconnected);
        unnoticed.clear();
    }

    /** As one that starts anew. */
    void forget() {
        running.clear();
        kept.keySet().forEach(books::settled);
        kept.clear();
    }

    void report() {
        List<JobId> ready = List.copyOf(running.keySet());
        WorkerSession open = session;
        if (ready.isEmpty() || open == null) {
            return;
        }
        JobId job = ready.get(random.nextInt(ready.size()));
        running.remove(job);
        JobResult result = random.nextBoolean()
                ? new JobResult.Completed(job, null, Json.NODES.numberNode(1))
                : new JobResult.Failed(job, null, TestingJobs.ERROR, false);
        kept.put(job, result);
        books.reported(job);
        open.results(List.of(result));
    }

    void heartbeatOrHandBack() {
        WorkerSession open = session;
        for (JobId job : List.copyOf(running.keySet())) {
            if (open != null && random.nextInt(5) == 0) {
                running.remove(job);
                open.handBack(List.of(job));
            } else if (open != null) {
                open.heartbeat(job, null);
            }
        }
    }

    private void drop(JobId job) {
        running.remove(job);
        kept.remove(job);
        books.settled(job);
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
                for (JobAssignment job : jobs) {
                    books.assigned(job.id());
                    assertThat(running.put(job.id(), job.offer()))
                            .as("assigned twice")
                            .isNull();
                }
            }
        }

        @Override
        public void acknowledge(JobId job, boolean counted) {
            if (isOpen()) {
                kept.remove(job);
                books.settled(job);
            }
        }

        @Override
        public void cancel(List<JobId> jobs) {
            if (isOpen()) {
                jobs.forEach(TestingWorker.this::drop);
            }
        }

        @Override
        public void replaced() {
            if (isOpen()) {
                session = null;
                connections++;
            }
        }
    }
}
