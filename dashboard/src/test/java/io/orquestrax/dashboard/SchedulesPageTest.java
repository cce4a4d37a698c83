package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What starts by itself. */
class SchedulesPageTest extends DashboardPages {
    @Test
    void showsSchedulesAsTheyChange() throws Exception {
        try (TestingStream stream = dashboard.stream("/schedules/live")) {
            dashboard.deploy(definition("nightly", "1.0.0", "", "set: {a: 1}")
                    + "schedule: {cron: CRON_TZ=Europe/Berlin 0 5 * * *}\n");
            stream.await("cron 0 5 * * * (Europe/Berlin)");
            stream.await("never");

            HttpResponse<String> paused = dashboard.post("/schedules/tests/nightly/pause", Map.of());

            assertThat(paused.statusCode()).isEqualTo(303);
            stream.await("paused");
            stream.await("/schedules/tests/nightly/resume");
            dashboard.post("/schedules/tests/nightly/resume", Map.of());
            stream.await("/schedules/tests/nightly/pause");
            assertThat(dashboard.get("/schedules").body()).contains("nightly", "in ", "UTC");
        }
    }

    @Test
    void runsAScheduleNowAndShowsItsInstance() throws Exception {
        dashboard.deploy(definition("by-hand", "1.0.0", "", "set: {a: 1}") + "schedule: {every: {hours: 1}}\n");

        HttpResponse<String> run = dashboard.post("/schedules/tests/by-hand/run", Map.of());

        assertThat(run.statusCode()).isEqualTo(303);
        String location = run.headers().firstValue("location").orElseThrow();
        assertThat(location).startsWith("/instances/");
        assertThat(dashboard.get(location).body()).contains("by-hand", "Started by", "schedule, by hand");
        assertThat(dashboard.post("/schedules/tests/nothing/run", Map.of()).statusCode())
                .isEqualTo(404);
    }
}
