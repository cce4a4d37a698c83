package io.orquestrax.server.schedule;

import static io.orquestrax.server.schedule.TestingSchedules.every;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventTriggersTest {
    private static final String ONE = "{one: {with: {type: order.placed}}}";
    private static final String ALL = "{all: [{with: {type: order.placed}}, {with: {type: order.paid}}]}";

    private final TestingSchedules testing = new TestingSchedules();

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void startsAnInstanceByOneEvent() {
        testing.deployOn("order", "1.0.0", ONE);

        assertThat(testing.deliver("order", 1, "order.lost", "1")).isEmpty();
        assertThat(testing.deliver("order", 2, "order.placed", "{\"n\":1.10}")).hasSize(1);

        assertThat(testing.starts()).singleElement().satisfies(start -> {
            assertThat(start.trigger()).isEqualTo("on");
            assertThat(start.input()).isEqualTo("[{\"n\":1.10}]");
        });
        assertThat(testing.only("order"))
                .returns(1L, ScheduleRow::firedCount)
                .returns(testing.starts().getFirst().instance(), ScheduleRow::firedInstance)
                .returns(null, ScheduleRow::state);
    }

    @Test
    void waitsForAllEventsAndRemembersThem() {
        testing.deployOn("order", "1.0.0", ALL);

        assertThat(testing.deliver("order", 1, "order.paid", "1")).isEmpty();
        assertThat(testing.only("order").state()).isNotNull();
        assertThat(testing.deliver("order", 2, "order.paid", "2")).isEmpty();
        assertThat(testing.deliver("order", 3, "order.placed", "3")).hasSize(1);

        assertThat(testing.starts().getFirst().input()).isEqualTo("[1,3]");
    }

    @Test
    void whatItTakesIsConsumedAndLeadsToTheInstance() {
        testing.deployOn("order", "1.0.0", ALL);
        testing.store("order.paid", "order.lost", "order.placed");

        testing.deliver("order", 1, "order.paid", "1");
        assertThat(testing.consumed()).containsExactly(1L);
        testing.deliver("order", 2, "order.lost", "2");
        testing.deliver("order", 3, "order.placed", "3");

        assertThat(testing.consumed()).containsExactly(1L, 3L);
        UUID started = testing.starts().getFirst().instance();
        assertThat(testing.takers(1)).containsExactly(started);
        assertThat(testing.takers(2)).isEmpty();
        assertThat(testing.takers(3)).containsExactly(started);
    }

    @Test
    void eventsOfAPauseAreNotCounted() {
        testing.deployOn("order", "1.0.0", ALL);
        testing.deliver("order", 1, "order.paid", "1");
        testing.schedules().pause("test", "order");
        assertThat(testing.deliver("order", 2, "order.placed", "2")).isEmpty();
        testing.schedules().resume("test", "order");

        assertThat(testing.starts()).isEmpty();
        assertThat(testing.deliver("order", 3, "order.placed", "3")).hasSize(1);
        assertThat(testing.starts().getFirst().input()).isEqualTo("[1,3]");
    }

    @Test
    void isOfferedTheEventsOfTheHighestVersion() {
        testing.deployOn("order", "1.0.0", ALL);
        assertThat(testing.subscriptions("order")).containsExactlyInAnyOrder("order.placed", "order.paid");

        testing.deployOn("order", "2.0.0", ONE);
        assertThat(testing.subscriptions("order")).containsExactly("order.placed");
        testing.deployOn("order", "1.5.0", ALL);
        assertThat(testing.subscriptions("order")).containsExactly("order.placed");

        testing.deploy("order", "3.0.0", every("PT1H"));
        assertThat(testing.subscriptions("order")).isEmpty();
        assertThat(testing.only("order").trigger()).isEqualTo(Trigger.EVERY);
        assertThat(testing.deliver("order", 1, "order.placed", "1")).isEmpty();
    }

    @Test
    void aNewVersionWithTheSameEventsKeepsWhatHasCome() {
        testing.deployOn("order", "1.0.0", ALL);
        testing.deliver("order", 1, "order.paid", "1");
        testing.deployOn("order", "1.0.1", ALL);
        assertThat(testing.deliver("order", 2, "order.placed", "2")).hasSize(1);

        testing.deliver("order", 3, "order.paid", "3");
        testing.deployOn("order", "2.0.0", ALL.replace("order.paid", "order.billed"));
        assertThat(testing.only("order").state()).isNull();
    }

    @Test
    void eventsThatComeAtOnceEachCount() throws Exception {
        testing.deployOn("order", "1.0.0", ONE);
        List<Future<?>> deliveries = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int position = 1; position <= 20; position++) {
                int number = position;
                deliveries.add(threads.submit(() -> testing.deliver("order", number, "order.placed", "" + number)));
            }
        }
        for (Future<?> delivery : deliveries) {
            delivery.get();
        }
        assertThat(testing.starts()).hasSize(20);
        assertThat(testing.only("order").firedCount()).isEqualTo(20);
    }

    @Test
    void saysWhatItWaitsFor() {
        testing.deployOn("order", "1.0.0", ALL);

        ScheduledTrigger trigger = testing.schedules().find("test", "order").getFirst();

        assertThat(trigger.words()).isEqualTo("on all of order.placed, order.paid");
        assertThat(trigger.upcoming()).isEmpty();
    }
}
