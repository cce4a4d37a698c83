package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.effect.JobOffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Workers at random, and jobs for them. */
final class TestingCrowd {
    private final List<String> types;
    private final Random random;
    private final TestingWorker.Books books = new TestingWorker.Books();
    private final Map<String, TestingWorker> workers = new LinkedHashMap<>();
    private int instances;

    TestingCrowd(List<String> types, Random random) {
        this.types = types;
        this.random = random;
    }

    /** The first job of another instance, for whoever takes one of the types. */
    JobOffer offer() {
        JobLimits limits = new JobLimits(null, null, null, null, random.nextInt(3) * 4);
        return TestingJobs.offer(++instances, types.get(random.nextInt(types.size())), limits);
    }

    /** Takes some of the types; the one that does everything in the end takes all. */
    TestingWorker worker(String id) {
        List<String> some = types.subList(random.nextInt(types.size()), types.size());
        return workers.computeIfAbsent(
                id, name -> new TestingWorker(name, name.equals("worker-last") ? types : some, random, books));
    }

    Collection<TestingWorker> all() {
        return workers.values();
    }

    /** One of those that are connected, if any is. */
    List<TestingWorker> connected() {
        List<TestingWorker> connected =
                all().stream().filter(TestingWorker::isConnected).toList();
        return connected.isEmpty() ? connected : List.of(connected.get(random.nextInt(connected.size())));
    }

    boolean isSettled() {
        return books.unsettled().isEmpty();
    }

    void requireSettled() {
        assertThat(books.unsettled()).as("results that nobody was told of").isEmpty();
    }

    /** None has more than it takes. */
    void requireRoom() {
        assertThat(all())
                .filteredOn(TestingWorker::isConnected)
                .allSatisfy(worker -> assertThat(worker.running.size())
                        .as("jobs of " + worker.id)
                        .isLessThanOrEqualTo(worker.capacity));
    }
}
