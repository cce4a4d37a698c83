package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.offer;
import static io.orquestrax.server.job.TestingJobs.prioritized;
import static io.orquestrax.server.job.TestingJobs.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.command.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DispatcherMatchingTest extends DispatcherFixture {

    @Test
    void pushesAnOfferToAConnectedWorker() {
        connect(1);

        dispatcher.offer(offer(1));

        assertThat(sink.assigned()).containsExactly(id(1));
        assertThat(dispatcher.presence(id(1))).map(JobPresence::worker).contains("w");
    }

    @Test
    void handsOutTheHighestPriorityFirstAndTheLongestWaitAmongEquals() {
        dispatcher.offer(prioritized(1, 5));
        dispatcher.offer(prioritized(2, 5));
        dispatcher.offer(prioritized(3, 9));
        dispatcher.offer(prioritized(4, 0));

        connect(4);

        assertThat(sink.assigned()).containsExactly(id(3), id(1), id(2), id(4));
        assertThat(sink.messages).as("messages").hasSize(1);
    }

    @Test
    void comparesWaitsAcrossTheTypesOfAWorker() {
        dispatcher.offer(offer(1, "b", JobLimits.NONE));
        dispatcher.offer(offer(2, "a", JobLimits.NONE));
        dispatcher.offer(offer(3, "b", JobLimits.NONE));
        dispatcher.offer(offer(4, "other", JobLimits.NONE));

        dispatcher.connect(hello("w", 10, List.of(type("a", null), type("b", null))), sink);

        assertThat(sink.assigned()).containsExactly(id(1), id(2), id(3));
    }

    @Test
    void givesNoMoreThanTheCapacityOverAllTypes() {
        dispatcher.connect(hello("w", 2, List.of(type("a", null), type("b", null))), sink);

        dispatcher.offer(offer(1, "a", JobLimits.NONE));
        dispatcher.offer(offer(2, "b", JobLimits.NONE));
        dispatcher.offer(offer(3, "a", JobLimits.NONE));

        assertThat(sink.assigned()).containsExactly(id(1), id(2));
    }

    @Test
    void aResultMakesRoomForTheNextJobBeforeItIsDurable() {
        WorkerSession session = connect(1);
        gateway.hold();
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        report(session, completed(1));

        assertThat(sink.assigned()).containsExactly(id(1), id(2));
        assertThat(sink.acknowledged).isEmpty();
    }

    @Test
    void tooManyResultsThatAreNotDurableStopTheFlowOfJobs() {
        WorkerSession session = connect(1);
        gateway.hold();
        for (int number = 1; number <= 150; number++) {
            dispatcher.offer(offer(number));
        }

        for (int done = 1; done <= sink.assigned().size(); done++) {
            report(session, completed(done));
        }
        assertThat(sink.assigned()).hasSize(100);

        gateway.answerAll(Reply.ACCEPTED);
        assertThat(sink.assigned()).hasSize(101);
    }

    @Test
    void spreadsJobsOverWorkersInTurns() {
        TestingSink other = new TestingSink();
        dispatcher.connect(hello("one", 2), sink);
        dispatcher.connect(hello("two", 2), other);

        for (int number = 1; number <= 4; number++) {
            dispatcher.offer(offer(number));
        }

        assertThat(sink.assigned()).containsExactly(id(1), id(3));
        assertThat(other.assigned()).containsExactly(id(2), id(4));
    }

    @Test
    void ignoresTheSameOfferTwice() {
        connect(5);

        dispatcher.offer(offer(1));
        dispatcher.offer(offer(1));

        assertThat(sink.assigned()).containsExactly(id(1));
    }

    @Test
    void withdrawsFromTheQueue() {
        dispatcher.offer(offer(1));

        dispatcher.withdraw(id(1));
        connect(1);

        assertThat(sink.assigned()).isEmpty();
    }

    @Test
    void withdrawsFromAWorkerWhoHasRoomAgainThen() {
        connect(1);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        dispatcher.withdraw(id(1));

        assertThat(sink.cancelled).containsExactly(id(1));
        assertThat(sink.assigned()).containsExactly(id(1), id(2));
        assertThat(gateway.commands()).isEmpty();
    }

    @Test
    void aHeldJobWaitsOutsideTheQueueUntilItIsOfferedAgain() {
        dispatcher.offer(offer(1));

        dispatcher.hold(id(1));
        connect(1);
        assertThat(sink.assigned()).isEmpty();

        dispatcher.offer(offer(1));
        assertThat(sink.assigned()).containsExactly(id(1));
    }

    @Test
    void holdingLeavesAJobToTheWorkerThatHasIt() {
        connect(1);
        dispatcher.offer(offer(1));

        dispatcher.hold(id(1));
        dispatcher.offer(offer(1));

        assertThat(sink.assigned()).containsExactly(id(1));
        assertThat(sink.cancelled).isEmpty();
        assertThat(dispatcher.presence(id(1))).isPresent();
    }

    @Test
    void aDrainingWorkerGetsNoNewJobs() {
        WorkerSession session = connect(2);
        dispatcher.offer(offer(1));

        session.drain();
        dispatcher.offer(offer(2));
        report(session, completed(1));

        assertThat(sink.assigned()).containsExactly(id(1));
        assertThat(sink.acknowledged).containsEntry(id(1), true);
        assertThat(dispatcher.hasWorkerFor(TYPE)).isFalse();
        assertThat(dispatcher.workers())
                .singleElement()
                .extracting(WorkerView::draining)
                .isEqualTo(true);
    }

    @Test
    void showsConnectedWorkers() {
        WorkerSession session = connect(3);
        dispatcher.offer(offer(1));

        assertThat(dispatcher.hasWorkerFor(TYPE)).isTrue();
        assertThat(dispatcher.hasWorkerFor("other")).isFalse();
        assertThat(dispatcher.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.id()).isEqualTo("w");
            assertThat(worker.capacity()).isEqualTo(3);
            assertThat(worker.running()).isEqualTo(1);
            assertThat(worker.transport()).isEqualTo("stream");
        });

        session.disconnected();
        assertThat(dispatcher.workers()).isEmpty();
        assertThat(dispatcher.hasWorkerFor(TYPE)).isFalse();
    }
}
