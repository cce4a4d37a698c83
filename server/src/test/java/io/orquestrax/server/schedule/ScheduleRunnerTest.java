package io.orquestrax.server.schedule;

import static io.orquestrax.server.schedule.TestingSchedules.NOON;
import static io.orquestrax.server.schedule.TestingSchedules.after;
import static io.orquestrax.server.schedule.TestingSchedules.cron;
import static io.orquestrax.server.schedule.TestingSchedules.every;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleRunnerTest {
    private final TestingSchedules testing = new TestingSchedules();

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void firesAtItsDistanceAndDoesNotDrift() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.passAndFire(Duration.ofMinutes(9));
        assertThat(testing.starts()).isEmpty();

        testing.passAndFire(Duration.ofMinutes(4));
        testing.passAndFire(Duration.ofMinutes(8));

        assertThat(times()).containsExactly(NOON.plusSeconds(600), NOON.plusSeconds(1200));
        assertThat(testing.only("tick").nextAt()).isEqualTo(NOON.plusSeconds(1800));
        assertThat(testing.starts().getFirst())
                .returns("every", TestingSchedules.Start::trigger)
                .returns("1.0.0", TestingSchedules.Start::version)
                .returns("{}", TestingSchedules.Start::input);
    }

    @Test
    void remembersItsLastInstance() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.passAndFire(Duration.ofMinutes(10));
        testing.passAndFire(Duration.ofMinutes(10));

        ScheduleRow row = testing.only("tick");
        assertThat(row.firedCount()).isEqualTo(2);
        assertThat(row.firedAt()).isEqualTo(testing.now());
        assertThat(row.firedInstance())
                .isEqualTo(testing.starts().getLast().instance())
                .returns(7, java.util.UUID::version)
                .returns(2, java.util.UUID::variant);
    }

    @Test
    void firesOnceForAllThatWasMissedAndThenAtTheRegularTimes() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.deploy("daily", "1.0.0", cron("0 5 * * *", "Europe/Berlin"));

        testing.passAndFire(Duration.ofDays(3).plusMinutes(5));

        assertThat(times())
                .containsExactly(Instant.parse("2026-01-13T04:00:00Z"), Instant.parse("2026-01-13T12:00:00Z"));
        assertThat(testing.only("tick").nextAt()).isEqualTo("2026-01-13T12:10:00Z");
        assertThat(testing.only("daily").nextAt()).isEqualTo("2026-01-14T04:00:00Z");
    }

    @Test
    void manyThatAreDueAtOnceAllFire() {
        for (int number = 0; number < 210; number++) {
            testing.deploy("tick-" + number, "1.0.0", every("PT10M"));
        }
        testing.passAndFire(Duration.ofMinutes(10));

        assertThat(new HashSet<>(testing.starts())).hasSize(210);
    }

    @Test
    void twoNodesFireEachTriggerOnce() throws Exception {
        for (int number = 0; number < 60; number++) {
            testing.deploy("tick-" + number, "1.0.0", every("PT10M"));
        }
        List<ScheduleRunner> nodes = List.of(testing.newRunner(), testing.newRunner());
        for (int round = 1; round <= 5; round++) {
            testing.pass(Duration.ofMinutes(10));
            List<Future<?>> passes = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                nodes.forEach(node -> passes.add(threads.submit(node::pass)));
            }
            for (Future<?> pass : passes) {
                pass.get();
            }
            assertThat(testing.starts()).hasSize(60 * round);
        }
        for (int number = 0; number < 60; number++) {
            assertThat(testing.only("tick-" + number).firedCount()).isEqualTo(5);
        }
    }

    @Test
    void aNodeThatMayBeTakenForGoneFiresNothing() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        AtomicBoolean isHeard = new AtomicBoolean();
        ScheduleRunner node = testing.newRunner(isHeard::get);
        testing.pass(Duration.ofMinutes(10));

        assertThat(node.pass()).contains(testing.now().plusSeconds(1));
        assertThat(testing.starts()).isEmpty();

        isHeard.set(true);
        node.pass();
        assertThat(testing.starts()).hasSize(1);
    }

    @Test
    void aPausedScheduleStartsNothingAndMakesUpForNothing() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.schedules().pause("test", "tick");
        testing.passAndFire(Duration.ofMinutes(25));
        assertThat(testing.starts()).isEmpty();

        testing.schedules().resume("test", "tick");
        testing.passAndFire(Duration.ZERO);

        assertThat(testing.starts()).isEmpty();
        assertThat(testing.only("tick").nextAt()).isEqualTo(NOON.plusSeconds(1800));
        testing.passAndFire(Duration.ofMinutes(5));
        assertThat(times()).containsExactly(NOON.plusSeconds(1800));
    }

    @Test
    void resumingWhatIsNotPausedChangesNothing() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.pass(Duration.ofMinutes(11));

        testing.schedules().resume("test", "tick");

        assertThat(testing.only("tick").nextAt()).isEqualTo(NOON.plusSeconds(600));
    }

    @Test
    void afterStartsAtOnceAndThenFromTheEndOfItsInstance() {
        testing.deploy("chain", "1.0.0", after("PT1M"));
        testing.passAndFire(Duration.ZERO);
        testing.passAndFire(Duration.ofHours(1));
        assertThat(times()).containsExactly(NOON);

        testing.closed(testing.starts().getFirst(), "chain");
        testing.passAndFire(Duration.ofSeconds(59));
        assertThat(testing.starts()).hasSize(1);
        testing.passAndFire(Duration.ofSeconds(1));

        assertThat(times()).containsExactly(NOON, NOON.plusSeconds(3660));
    }

    @Test
    void theEndOfAnInstanceOfAnotherTriggerMovesNothing() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.passAndFire(Duration.ofMinutes(10));

        testing.closed(testing.starts().getFirst(), "tick");

        assertThat(testing.only("tick").nextAt()).isEqualTo(NOON.plusSeconds(1200));
    }

    @Test
    void aSecondReportOfTheSameEndStartsNothing() {
        testing.deploy("chain", "1.0.0", after("PT1M"));
        testing.passAndFire(Duration.ZERO);
        TestingSchedules.Start first = testing.starts().getFirst();
        testing.closed(first, "chain");
        testing.passAndFire(Duration.ofMinutes(1));

        testing.closed(first, "chain");
        testing.passAndFire(Duration.ofMinutes(1));

        assertThat(testing.starts()).hasSize(2);
        assertThat(testing.only("chain").nextAt()).isNull();
    }

    @Test
    void aChainWhoseInstanceEndsInAPauseGoesOnWithTheResume() {
        testing.deploy("chain", "1.0.0", after("PT1M"));
        testing.passAndFire(Duration.ZERO);
        testing.schedules().pause("test", "chain");
        testing.closed(testing.starts().getFirst(), "chain");
        testing.passAndFire(Duration.ofHours(1));
        assertThat(testing.starts()).hasSize(1);

        testing.schedules().resume("test", "chain");
        testing.passAndFire(Duration.ZERO);

        assertThat(testing.starts()).hasSize(2);
    }

    @Test
    void aNewVersionWithTheSameScheduleGoesOnInItsRhythm() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.passAndFire(Duration.ofMinutes(14));

        testing.deploy("tick", "1.1.0", every("PT10M"));
        testing.passAndFire(Duration.ofMinutes(6));

        assertThat(times()).containsExactly(NOON.plusSeconds(600), NOON.plusSeconds(1200));
        assertThat(testing.starts().getLast().version()).isEqualTo("1.1.0");
        assertThat(testing.only("tick").firedCount()).isEqualTo(2);
    }

    @Test
    void aNewVersionWithAnotherScheduleReplacesTheTriggers() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.pass(Duration.ofMinutes(4));

        testing.deploy("tick", "2.0.0", cron("30 * * * *", "UTC"));

        assertThat(testing.only("tick"))
                .returns(Trigger.CRON, ScheduleRow::trigger)
                .returns(Instant.parse("2026-01-10T12:30:00Z"), ScheduleRow::nextAt);
        testing.deploy("tick", "3.0.0", every("PT1H"));
        testing.deploy("tick", "4.0.0", every("PT2H"));
        assertThat(testing.only("tick").nextAt()).isEqualTo("2026-01-10T14:04:00Z");
    }

    @Test
    void aNewVersionWithoutAScheduleRemovesTheTriggers() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.deploy("tick", "2.0.0", null);

        testing.passAndFire(Duration.ofHours(1));

        assertThat(testing.starts()).isEmpty();
        assertThat(testing.schedules().find("test", "tick")).isEmpty();
    }

    @Test
    void aLowerVersionChangesNothing() {
        testing.deploy("tick", "2.0.0", every("PT10M"));
        testing.deploy("tick", "1.0.0", every("PT1M"));
        testing.deploy("tick", "1.10.0", null);

        assertThat(testing.only("tick"))
                .returns("PT10M", ScheduleRow::expression)
                .returns("2.0.0", row -> row.definition().version());
    }

    @Test
    void theSameVersionAgainChangesNothing() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        ScheduleRow before = testing.only("tick");
        testing.pass(Duration.ofMinutes(3));

        testing.deploy("tick", "1.0.0", every("PT10M"));

        assertThat(testing.only("tick")).isEqualTo(before);
    }

    @Test
    void versionsDeployedAtOnceLeaveTheHighestInForce() throws Exception {
        List<Future<?>> deployments = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int version = 1; version <= 12; version++) {
                int number = version;
                deployments.add(
                        threads.submit(() -> testing.deploy("tick", number + ".0.0", every("PT" + number + "M"))));
            }
        }
        for (Future<?> deployment : deployments) {
            deployment.get();
        }
        assertThat(testing.only("tick"))
                .returns("PT12M", ScheduleRow::expression)
                .returns("12.0.0", row -> row.definition().version());
    }

    @Test
    void aPausedScheduleStaysPausedInANewVersion() {
        testing.deploy("tick", "1.0.0", every("PT10M"));
        testing.schedules().pause("test", "tick");

        testing.deploy("tick", "2.0.0", cron("* * * * *", "UTC"));

        assertThat(testing.only("tick").paused()).isTrue();
    }

    @Test
    void anotherDelayOfAChainMovesItsNextStartButStartsNoSecondInstance() {
        testing.deploy("chain", "1.0.0", after("PT1M"));
        testing.passAndFire(Duration.ZERO);
        testing.deploy("chain", "2.0.0", after("PT2M"));
        testing.passAndFire(Duration.ofMinutes(10));
        assertThat(testing.starts()).hasSize(1);

        testing.closed(testing.starts().getFirst(), "chain");
        assertThat(testing.only("chain").nextAt()).isEqualTo(testing.now().plusSeconds(120));
        testing.deploy("chain", "3.0.0", after("PT5M"));

        assertThat(testing.only("chain").nextAt()).isEqualTo(testing.now().plusSeconds(300));
    }

    @Test
    void eachPartIsATriggerOfItsOwn() {
        testing.deploy(
                "all",
                "1.0.0",
                new ScheduleSpec(
                        Duration.ofMinutes(10),
                        "15 * * * *",
                        ZoneOffset.UTC,
                        Duration.ofMinutes(1),
                        null,
                        EventRead.DATA));

        testing.passAndFire(Duration.ofMinutes(20));

        assertThat(testing.starts())
                .extracting(TestingSchedules.Start::trigger)
                .containsExactly("after", "cron", "every");
    }

    @Test
    void callsUtcByItsName() {
        testing.deploy("daily", "1.0.0", cron("0 5 * * *", "Z"));

        assertThat(testing.schedules().find("test", "daily").getFirst().words()).isEqualTo("cron 0 5 * * * (UTC)");
    }

    @Test
    void showsWhatIsToCome() {
        testing.deploy("daily", "1.0.0", cron("0 5 * * *", "Europe/Berlin"));

        ScheduledTrigger trigger = testing.schedules().find("test", "daily").getFirst();

        assertThat(trigger.words()).isEqualTo("cron 0 5 * * * (Europe/Berlin)");
        assertThat(trigger.upcoming()).hasSize(5).startsWith(Instant.parse("2026-01-11T04:00:00Z"));
        testing.schedules().pause("test", "daily");
        assertThat(testing.schedules().find("test", "daily").getFirst().upcoming())
                .isEmpty();
    }

    private List<Instant> times() {
        return testing.starts().stream().map(TestingSchedules::timeOf).toList();
    }
}
