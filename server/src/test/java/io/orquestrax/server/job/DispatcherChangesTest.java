package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.instance;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.live.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DispatcherChangesTest extends DispatcherFixture {
    private int toldOfInstance;
    private int toldOfWorkers;
    private final Subscription ofInstance = work.watch(instance(1), () -> toldOfInstance++);
    private final Subscription ofWorkers = work.watchWorkers(() -> toldOfWorkers++);

    /** Lets the pause end, and counts anew. */
    private void settle() {
        time.pass(Changes.PAUSE.multipliedBy(2));
        toldOfInstance = 0;
        toldOfWorkers = 0;
    }

    @Test
    void tellsThatAJobWasAssigned() {
        connect(1);
        settle();

        dispatcher.offer(offer(1));

        assertThat(toldOfInstance).isEqualTo(1);
        assertThat(toldOfWorkers).isEqualTo(1);
        assertThat(dispatcher.presence(id(1))).isPresent();
    }

    @Test
    void tellsThatAJobWasWithdrawn() {
        connect(1);
        dispatcher.offer(offer(1));
        settle();

        dispatcher.withdraw(id(1));

        assertThat(toldOfInstance).isEqualTo(1);
        assertThat(toldOfWorkers).isEqualTo(1);
    }

    @Test
    void tellsThatAJobIsDone() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        settle();

        report(session, completed(1));

        assertThat(toldOfInstance).isEqualTo(1);
        assertThat(toldOfWorkers).isEqualTo(1);
    }

    @Test
    void tellsWhoeverWatchesThatAWorkerCameDrainsAndLeft() {
        WorkerSession session = connect(1);
        assertThat(List.of(toldOfInstance, toldOfWorkers)).containsExactly(1, 1);
        settle();

        session.drain();
        assertThat(List.of(toldOfInstance, toldOfWorkers)).containsExactly(1, 1);
        settle();

        session.disconnected();
        assertThat(List.of(toldOfInstance, toldOfWorkers)).containsExactly(1, 1);
    }

    @Test
    void tellsOfProgressThatIsNew() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        settle();

        session.heartbeat(id(1), json("5"));
        assertThat(toldOfInstance).isEqualTo(1);
        settle();

        session.heartbeat(id(1), json("5"));
        session.heartbeat(id(1), null);
        assertThat(toldOfInstance).isZero();
        assertThat(toldOfWorkers).isZero();
    }

    @Test
    void tellsOfAFloodOnceAPause() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        settle();

        for (int percent = 0; percent < 100; percent++) {
            session.heartbeat(id(1), json(String.valueOf(percent)));
        }
        assertThat(toldOfInstance).isEqualTo(1);
        time.pass(Changes.PAUSE);

        assertThat(toldOfInstance).isEqualTo(2);
        time.pass(Changes.PAUSE.multipliedBy(5));
        assertThat(toldOfInstance).isEqualTo(2);
        session.heartbeat(id(1), json("\"done\""));
        assertThat(toldOfInstance).isEqualTo(3);
    }

    @Test
    void tellsNobodyOfTheWorkOnOtherInstances() {
        connect(2);
        settle();

        dispatcher.offer(offer(2));

        assertThat(toldOfInstance).isZero();
        assertThat(toldOfWorkers).isEqualTo(1);
    }

    @Test
    void tellsThatAWorkerWithoutAStreamCameAndWasNotSeenAnyMore() {
        dispatcher.activate(Set.of(TYPE), "curl", 1, Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(List.of(toldOfInstance, toldOfWorkers)).containsExactly(1, 1);
        settle();

        time.pass(Duration.ofSeconds(30));
        assertThat(toldOfWorkers).isZero();
        time.pass(Duration.ofSeconds(60));

        assertThat(List.of(toldOfInstance, toldOfWorkers)).containsExactly(1, 1);
        assertThat(dispatcher.workers()).isEmpty();
    }

    @Test
    void theSameQuestionAgainIsNoChange() {
        dispatcher.activate(Set.of(TYPE), "curl", 1, Duration.ZERO, Duration.ofSeconds(30));
        settle();

        dispatcher.activate(Set.of(TYPE), "curl", 1, Duration.ZERO, Duration.ofSeconds(30));

        assertThat(toldOfWorkers).isZero();
    }

    @Test
    void tellsNothingOnceClosed() {
        ofInstance.close();
        ofWorkers.close();

        connect(1);
        dispatcher.offer(offer(1));
        time.pass(Changes.PAUSE);

        assertThat(toldOfInstance).isZero();
        assertThat(toldOfWorkers).isZero();
    }
}
