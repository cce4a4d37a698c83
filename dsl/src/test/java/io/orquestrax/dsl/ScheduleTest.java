package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.ScheduleSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\ndo: []\n";

    private final DocumentCompiler compiler = new DocumentCompiler();

    @Test
    void readsDurations() {
        assertThat(schedule("{every: {minutes: 5}, after: PT1H}"))
                .isEqualTo(new ScheduleSpec(
                        Duration.ofMinutes(5), null, ZoneOffset.UTC, Duration.ofHours(1), null, EventRead.DATA));
    }

    @Test
    void readsCronFieldsInUtcAndInZones() {
        assertThat(schedule("{cron: '0  8 * * MON-FRI'}"))
                .isEqualTo(new ScheduleSpec(null, "0 8 * * MON-FRI", ZoneOffset.UTC, null, null, EventRead.DATA));
        assertThat(schedule("{cron: 'CRON_TZ=Europe/Paris */15 0-6,12 1 JAN *'}"))
                .isEqualTo(new ScheduleSpec(
                        null, "*/15 0-6,12 1 JAN *", ZoneId.of("Europe/Paris"), null, null, EventRead.DATA));
        assertThat(schedule("{cron: '0 0 29 2 *'}").cron()).isEqualTo("0 0 29 2 *");
    }

    @Test
    void readsEvents() {
        ScheduleSpec schedule = schedule("{on: {all: [{with: {type: a}}, {with: {type: b}}]}, read: envelope}");

        assertThat(schedule.read()).isEqualTo(EventRead.ENVELOPE);
        assertThat(schedule.on())
                .isInstanceOfSatisfying(
                        EventStrategy.All.class,
                        all -> assertThat(all.filters()).hasSize(2));
    }

    @Test
    void saysWhatIsWrongWithCronFields() {
        assertThat(message("{cron: '0 0 * * * *'}"))
                .isEqualTo("Expected five cron fields (minute, hour, day of the month, month, day of the week), but"
                        + " found 6");
        assertThat(message("{cron: '@daily'}")).endsWith("but found 1");
        assertThat(message("{cron: '61 0 * * *'}")).contains("five cron fields").contains("61");
        assertThat(message("{cron: 'TZ=Europe/Pariss 0 0 * * *'}")).endsWith("did you mean \"Europe/Paris\"?");
        assertThat(message("{cron: '0 0 30 2 *'}")).startsWith("Expected cron fields that some day fits");
    }

    @Test
    void startsASecondApartAtLeast() {
        assertThat(schedule("{every: PT1S}").every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(message("{every: PT0.999S}"))
                .isEqualTo("Expected a second at least between two starts, but found the text \"PT0.999S\"");
        assertThat(message("{every: {milliseconds: 20}}")).startsWith("Expected a second at least");
        assertThat(message("{every: PT0S}")).startsWith("Expected a second at least");
    }

    private ScheduleSpec schedule(String text) {
        Compilation compilation = compiler.compile(HEADER + "schedule: " + text + "\n");
        assertThat(compilation.problems()).isEmpty();
        return Objects.requireNonNull(compilation.plan().orElseThrow().schedule());
    }

    private String message(String text) {
        return compiler.compile(HEADER + "schedule: " + text + "\n")
                .problems()
                .getFirst()
                .message();
    }
}
