package io.orquestrax.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseWaiterTest {
    private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final CommitFeed feed = new CommitFeed();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean knownAsOpen;
    private volatile Optional<InstanceRow> stored = Optional.empty();

    private final CloseWaiter waiter = new CloseWaiter(
            feed,
            id -> knownAsOpen,
            id -> {
                reads.incrementAndGet();
                return stored;
            },
            Runnable::run,
            scheduler);

    CloseWaiterTest() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void answersTheEndOfAnInstanceInMemoryWithoutReadingIt() throws Exception {
        knownAsOpen = true;

        CompletableFuture<InstanceRow> answer = waiter.await(ID, LONG);
        assertThat(feed.isWanted(ID, null, false)).isFalse();
        publish(Status.RUNNING);
        assertThat(answer).isNotDone();
        publish(Status.COMPLETED);

        assertThat(answer.get(20, TimeUnit.SECONDS).output()).isEqualTo("{\"whole\":true}");
        assertThat(reads).hasValue(0);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
        assertThat(scheduler.getQueue()).isEmpty();
    }

    @Test
    void answersAClosedInstanceAtOnceFromTheDatabase() throws Exception {
        stored = Optional.of(row(Status.FAULTED, null));

        assertThat(waiter.await(ID, LONG).get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.FAULTED);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void waitsForAnInstanceThatIsOnlyInTheDatabase() throws Exception {
        stored = Optional.of(row(Status.WAITING, null));

        CompletableFuture<InstanceRow> answer = waiter.await(ID, LONG);
        assertThat(answer).isNotDone();
        publish(Status.CANCELLED);

        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void doesNotMissAnEndThatCouldNotBeTold() throws Exception {
        stored = Optional.of(row(Status.RUNNING, null));
        CompletableFuture<InstanceRow> answer = waiter.await(ID, LONG);

        feed.missed(List.of(new CommitFeed.Interest.EndOf(ID)));
        assertThat(answer).isNotDone();
        stored = Optional.of(row(Status.COMPLETED, "1"));
        feed.missed(List.of(new CommitFeed.Interest.EndOf(ID)));

        assertThat(answer.get(20, TimeUnit.SECONDS).output()).isEqualTo("1");
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void answersTheRowOfThatMomentWhenTheWaitIsOver() throws Exception {
        knownAsOpen = true;
        stored = Optional.of(row(Status.RUNNING, null));

        assertThat(waiter.await(ID, Duration.ofMillis(1))
                        .get(20, TimeUnit.SECONDS)
                        .status())
                .isEqualTo(Status.RUNNING);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void answersAtOnceWhereNoWaitIsAskedFor() throws Exception {
        knownAsOpen = true;
        stored = Optional.of(row(Status.RUNNING, null));

        assertThat(waiter.await(ID, Duration.ZERO).get(20, TimeUnit.SECONDS).status())
                .isEqualTo(Status.RUNNING);
    }

    @Test
    void refusesAnInstanceThatIsNowhere() {
        assertThatThrownBy(() -> waiter.await(ID, LONG).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ServiceException.class);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void leavesNothingBehindForACallerThatGivesUp() {
        knownAsOpen = true;

        waiter.await(ID, LONG).cancel(false);

        assertThat(feed.isWanted(ID, null, true)).isFalse();
        assertThat(scheduler.getQueue()).isEmpty();
    }

    @Test
    void waitsFromTheStartOn() throws Exception {
        knownAsOpen = true;
        CompletableFuture<InstanceRow> start = new CompletableFuture<>();

        CompletableFuture<InstanceRow> answer = waiter.await(start, LONG);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
        start.complete(row(Status.RUNNING, null));
        assertThat(answer).isNotDone();
        publish(Status.COMPLETED);

        assertThat(answer.get(20, TimeUnit.SECONDS).output()).isEqualTo("{\"whole\":true}");
        assertThat(reads).hasValue(0);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void answersAtOnceWhereTheStartWasTheEnd() throws Exception {
        InstanceRow closed = row(Status.COMPLETED, "1");

        assertThat(waiter.await(CompletableFuture.completedFuture(closed), LONG).get(20, TimeUnit.SECONDS))
                .isEqualTo(closed);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void theTimeOfTheStartIsPartOfTheWait() throws Exception {
        CompletableFuture<InstanceRow> start = new CompletableFuture<>();
        InstanceRow running = row(Status.RUNNING, null);

        CompletableFuture<InstanceRow> answer = waiter.await(start, Duration.ofNanos(1));
        start.complete(running);

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(running);
        assertThat(reads).hasValue(0);
        assertThat(feed.isWanted(ID, null, true)).isFalse();
    }

    @Test
    void tellsOfAStartThatFailed() {
        ServiceException refusal = new ServiceException(ErrorCode.OVERLOADED, "Later.");

        assertThatThrownBy(() -> waiter.await(CompletableFuture.failedFuture(refusal), LONG)
                        .get(20, TimeUnit.SECONDS))
                .hasCause(refusal);
    }

    @Test
    void leavesNothingBehindForACallerThatGivesUpAfterTheStart() {
        knownAsOpen = true;

        waiter.await(CompletableFuture.completedFuture(row(Status.RUNNING, null)), LONG)
                .cancel(false);

        assertThat(feed.isWanted(ID, null, true)).isFalse();
        assertThat(scheduler.getQueue()).isEmpty();
    }

    private void publish(Status status) {
        feed.publish(new InstanceChange(row(status, null), () -> row(status, "{\"whole\":true}"), List.of()));
    }

    private static InstanceRow row(Status status, @org.jspecify.annotations.Nullable String output) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new InstanceRow(
                ID,
                0,
                new DefinitionId("test", "test", "1.0.0"),
                "hash",
                null,
                status,
                time,
                time,
                status.isClosed() ? time : null,
                null,
                null,
                output,
                null,
                Map.of());
    }
}
