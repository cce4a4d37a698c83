package io.orquestrax.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In Berlin the clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October 2026. */
class CronTimesTest {
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void readsTheFieldsInTheZone() {
        assertThat(times("0 5 * * *", BERLIN, "2026-01-10T00:00:00+01:00", 2))
                .containsExactly("2026-01-10T05:00+01:00", "2026-01-11T05:00+01:00");
        assertThat(times("0 5 * * *", "UTC", "2026-01-10T00:00:00Z", 1)).containsExactly("2026-01-10T05:00Z");
    }

    @Test
    void keepsTheLocalTimeWhenTheClocksChange() {
        assertThat(times("0 9 * * *", BERLIN, "2026-03-27T12:00:00+01:00", 3))
                .containsExactly("2026-03-28T09:00+01:00", "2026-03-29T09:00+02:00", "2026-03-30T09:00+02:00");
        assertThat(times("0 9 * * *", BERLIN, "2026-10-24T12:00:00+02:00", 2))
                .containsExactly("2026-10-25T09:00+01:00", "2026-10-26T09:00+01:00");
    }

    @Test
    void whatFallsIntoTheHourThatIsLeftOutComesOnceRightAfterIt() {
        assertThat(times("30 2 * * *", BERLIN, "2026-03-28T02:30:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(times("*/20 2 * * *", BERLIN, "2026-03-28T02:40:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
        assertThat(times("0 2,3 * * *", BERLIN, "2026-03-28T12:00:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void whatFallsIntoTheHourThatComesTwiceComesOnce() {
        assertThat(times("30 2 * * *", BERLIN, "2026-10-24T12:00:00+02:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("0,30 2,3 * * *", BERLIN, "2026-10-25T00:00:00+02:00", 4))
                .containsExactly(
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T03:00+01:00",
                        "2026-10-25T03:30+01:00");
    }

    @Test
    void everyHourMeansEveryHourThatPasses() {
        assertThat(times("0 * * * *", BERLIN, "2026-10-25T01:00:00+02:00", 3))
                .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00");
        assertThat(times("0 * * * *", BERLIN, "2026-03-29T00:00:00+01:00", 3))
                .containsExactly("2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
        assertThat(times("*/30 * * * *", BERLIN, "2026-10-25T02:00:00+02:00", 3))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-25T02:00+01:00", "2026-10-25T02:30+01:00");
    }

    @Test
    void midnightThatIsLeftOutIsMadeUpFor() {
        // In Cairo the clocks go from 00:00 to 01:00 on 24 April 2026.
        assertThat(times("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00+02:00", 2))
                .containsExactly("2026-04-24T01:00+03:00", "2026-04-25T00:00+03:00");
    }

    @Test
    void timesGrowWhateverTheFieldsAndTheZone() {
        for (String zone : List.of(BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC")) {
            for (String fields : List.of("*/15 * * * *", "30 2 * * *", "0 */3 * * *", "15 0-3 * * 0", "0 0 1 * *")) {
                CronTimes times = CronTimes.of(fields, ZoneId.of(zone));
                Instant time = Instant.parse("2026-01-01T00:00:00Z");
                for (int step = 0; step < 500; step++) {
                    Instant next = times.after(time).orElseThrow();
                    assertThat(next).as(fields + " in " + zone).isAfter(time);
                    time = next;
                }
            }
        }
    }

    @Test
    void findsNothingWhereThereIsNoSuchDay() {
        assertThat(CronTimes.of("0 0 30 2 *", ZoneId.of("UTC")).after(Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void findsTheLatestTimeOfManyThatPassed() {
        CronTimes minutely = CronTimes.of("* * * * *", ZoneId.of("UTC"));
        Instant due = Instant.parse("2026-01-01T00:00:00Z");
        for (Duration away : List.of(Duration.ZERO, Duration.ofSeconds(90), Duration.ofDays(900))) {
            Instant now = due.plus(away).plusSeconds(7);
            assertThat(minutely.latest(due, now)).isEqualTo(Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60));
        }
        CronTimes yearly = CronTimes.of("0 0 1 1 *", ZoneId.of("UTC"));
        assertThat(yearly.latest(due, Instant.parse("2029-12-31T23:59:00Z"))).isEqualTo("2029-01-01T00:00:00Z");
        assertThat(yearly.latest(due, Instant.parse("2026-05-01T00:00:00Z"))).isEqualTo(due);
    }

    @Test
    void refusesWhatIsNoFiveFields() {
        assertThatThrownBy(() -> CronTimes.of("0 0 0 * * *", ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> times(String fields, String zone, String after, int count) {
        CronTimes times = CronTimes.of(fields, ZoneId.of(zone));
        List<String> found = new ArrayList<>();
        Instant time = OffsetDateTime.parse(after).toInstant();
        for (int step = 0; step < count; step++) {
            time = times.after(time).orElseThrow();
            found.add(OffsetDateTime.ofInstant(time, ZoneId.of(zone)).toString());
        }
        return found;
    }
}
