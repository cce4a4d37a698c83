package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.EventCodecTest;
import io.orquestrax.engine.event.LossReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random workflows in a random world. After every command {@link TestingInstance} rebuilds the state from the encoded
 * history and from a snapshot, compares, and makes each decision on a snapshot too; the world also drops the memory at
 * random, so that decisions are made on rebuilt states.
 */
class RandomRunTest {
    private static final int RUNS = Integer.getInteger("orquestrax.runs", 100);
    private static final int SEEDS_FOR_ALL_EVENTS = 60;
    private static final int MAX_MOVES = 400;
    private static final List<LossReason> LOSSES = List.of(LossReason.values());

    @TestFactory
    Stream<DynamicTest> rebuildsTheSameStateAfterEveryCommand() {
        long base = Long.getLong("orquestrax.seed", System.nanoTime());
        return Stream.iterate(base, seed -> seed + 1)
                .limit(RUNS)
                .map(seed -> DynamicTest.dynamicTest("orquestrax.seed=" + seed, () -> run(seed)));
    }

    @Test
    void meetsEveryKindOfEvent() {
        Set<String> met = new HashSet<>();
        for (long seed = 1; seed <= SEEDS_FOR_ALL_EVENTS; seed++) {
            met.addAll(run(seed).eventTypes());
        }

        assertThat(met)
                .containsAll(EventCodecTest.events().stream().map(Event::type).collect(Collectors.toSet()));
    }

    private static TestingInstance run(long seed) {
        Random random = new Random(seed);
        String document = new RandomDocument(random).body();
        Decider decider = random.nextInt(5) == 0 ? Decider.rebuilding("test") : new Decider("test");
        TestingInstance instance = new TestingInstance(TestingInstance.plan(document), decider);
        instance.start("{\"n\":" + random.nextInt(100) + "}");
        for (int move = 0; move < MAX_MOVES && !isOver(instance); move++) {
            move(instance, random);
        }
        assertThat(instance.history().getFirst().event()).isInstanceOf(Event.InstanceStarted.class);
        assertThat(instance.history())
                .extracting(recorded -> recorded.sequence())
                .isSorted()
                .doesNotHaveDuplicates();
        if (instance.state().status().isClosed()) {
            assertThat(instance.state().closedAt()).isPresent();
            assertThat(instance.state().wakeAt()).isEmpty();
        }
        assertThat(completionsByActivation(instance)).doesNotHaveDuplicates();
        return instance;
    }

    private static List<Long> completionsByActivation(TestingInstance instance) {
        return instance.history().stream()
                .map(recorded -> recorded.event())
                .filter(Event.TaskCompleted.class::isInstance)
                .map(event -> ((Event.TaskCompleted) event).activation())
                .toList();
    }

    private static boolean isOver(TestingInstance instance) {
        return switch (instance.state().status()) {
            case CANCELLED, COMPLETED -> true;
            case PENDING, RUNNING, WAITING, SUSPENDED, FAULTED -> false;
        };
    }

    private static void move(TestingInstance instance, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> instance.restart();
            case 2, 3 -> instance.restartFromSnapshot();
            default -> {}
        }
        List<JobOffer> jobs = instance.jobs();
        switch (random.nextInt(16)) {
            case 0 -> instance.send(new Command.SuspendInstance("random", null));
            case 1, 2 -> instance.send(new Command.ResumeInstance("random", null));
            case 3 -> instance.send(new Command.RetryInstance("random", "again"));
            case 4, 5 -> instance.advance("PT" + random.nextInt(30) + "S");
            case 6 -> {
                if (random.nextInt(20) == 0) {
                    instance.send(new Command.CancelInstance("random", null));
                }
            }
            case 7, 8 -> instance.deliver("t" + random.nextInt(3), "{\"n\":" + random.nextInt(4) + "}");
            case 9 -> instance.deliver(1L + random.nextInt(5), "t" + random.nextInt(3), "{\"n\":1}");
            case 10 -> {
                if (!instance.children().isEmpty()) {
                    report(instance, instance.children().getFirst(), random);
                }
            }
            default -> {
                if (!jobs.isEmpty()) {
                    report(instance, jobs.get(random.nextInt(jobs.size())), random);
                }
            }
        }
    }

    private static void report(TestingInstance instance, Effect.StartChild child, Random random) {
        switch (random.nextInt(4)) {
            case 0 ->
                instance.report(
                        child,
                        Status.FAULTED,
                        null,
                        new WorkflowError("https://example.com/e", 500, "/do/9/x", null, null));
            case 1 -> instance.report(child, Status.CANCELLED, null, null);
            default -> instance.report(child, Status.COMPLETED, TestingInstance.json("{\"n\":3}"), null);
        }
    }

    private static void report(TestingInstance instance, JobOffer job, Random random) {
        JobRetryPolicy policy =
                random.nextBoolean() ? new JobRetryPolicy(2, Duration.ofSeconds(1), 2, null, 0.5, Set.of()) : null;
        switch (random.nextInt(4)) {
            case 0 -> instance.fail(job.type(), "https://example.com/e", 500, random.nextBoolean(), policy);
            case 1 -> instance.lose(job.type(), LOSSES.get(random.nextInt(LOSSES.size())));
            default -> instance.complete(job, "{\"n\":" + random.nextInt(100) + "}");
        }
    }
}
