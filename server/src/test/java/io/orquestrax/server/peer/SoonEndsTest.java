package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoonEndsTest {
    private static final UUID INSTANCE = new UUID(1, 1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Answer STARTED = new Answer(Reply.ACCEPTED, () -> TestingInstances.row(INSTANCE));

    private final CommitFeed feed = new CommitFeed();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private boolean isOpen = true;
    private final SoonEnds ends = new SoonEnds(feed, id -> isOpen, scheduler);

    SoonEndsTest() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void answersWithTheEnd() throws Exception {
        CompletableFuture<Answer> answer = ends.await(INSTANCE, STARTED, LONG);
        publish(Status.WAITING);
        assertThat(answer).isNotDone();
        publish(Status.FAULTED);

        assertThat(status(answer)).isEqualTo(Status.FAULTED);
        assertNothingIsLeft();
    }

    @Test
    void answersWithTheStartWhereTheEndDoesNotComeInTime() throws Exception {
        assertThat(status(ends.await(INSTANCE, STARTED, Duration.ofMillis(1)))).isEqualTo(Status.RUNNING);
        assertNothingIsLeft();
    }

    @Test
    void answersAtOnceWhereTheEndMayHaveBeen() throws Exception {
        isOpen = false;

        assertThat(status(ends.await(INSTANCE, STARTED, LONG))).isEqualTo(Status.RUNNING);
        assertNothingIsLeft();
    }

    @Test
    void answersAtOnceWhereTheInstanceWentToAnotherNode() throws Exception {
        CompletableFuture<Answer> answer = ends.await(INSTANCE, STARTED, LONG);

        feed.missed(List.of(new CommitFeed.Interest.EndOf(INSTANCE)));

        assertThat(status(answer)).isEqualTo(Status.RUNNING);
        assertNothingIsLeft();
    }

    private void publish(Status status) {
        InstanceRow row = TestingInstances.row(INSTANCE, status);
        feed.publish(new InstanceChange(row, () -> row, List.of()));
    }

    private void assertNothingIsLeft() {
        assertThat(feed.isWanted(INSTANCE, null, true)).isFalse();
        assertThat(scheduler.getQueue()).isEmpty();
    }

    private static Status status(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS).instance().get().status();
    }
}
