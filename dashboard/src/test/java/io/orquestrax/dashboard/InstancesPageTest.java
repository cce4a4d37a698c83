package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.instance.InstanceRow;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of instances. */
class InstancesPageTest extends DashboardPages {
    @Test
    void listsInstancesByStatusDefinitionAndKey() throws Exception {
        InstanceRow done = closed(dashboard.start("setting", "list-done", "{}", Map.of()));
        InstanceRow open = dashboard.start("calling", "list-open", "{}", Map.of());

        assertThat(dashboard.get("/instances").body())
                .contains(done.id().toString(), open.id().toString());
        assertThat(dashboard.get("/instances?status=completed").body())
                .contains(done.id().toString())
                .doesNotContain("row-" + open.id());
        assertThat(dashboard.get("/instances?definition=tests%2Fcalling").body())
                .contains(open.id().toString())
                .doesNotContain("row-" + done.id());
        assertThat(dashboard.get("/instances?key=list-open").body())
                .contains(open.id().toString())
                .doesNotContain("row-" + done.id());
        assertThat(dashboard.get("/instances?key=no-such-key").body()).contains("No instance matches");
    }

    @Test
    void findsAnInstanceByItsId() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{}", Map.of());

        HttpResponse<String> response = dashboard.get("/instances?key=" + instance.id());

        assertThat(response.headers().firstValue("location")).hasValue("/instances/" + instance.id());
    }

    @Test
    void pagesToOlderInstances() throws Exception {
        InstanceRow oldest = dashboard.start("calling", "paging-oldest", "{}", Map.of());
        for (int number = 0; number < 50; number++) {
            dashboard.start("calling", null, "{}", Map.of());
        }

        String first = dashboard.get("/instances?definition=tests%2Fcalling").body();
        Matcher older = Pattern.compile("href=\"([^\"]*page=[^\"]*)\"").matcher(first);
        assertThat(older.find()).isTrue();
        String second = dashboard.get(older.group(1).replace("&amp;", "&")).body();

        assertThat(first).doesNotContain("row-" + oldest.id());
        assertThat(second).contains("row-" + oldest.id(), "Newest");
    }

    @Test
    void startsTheTestWorkflowOnceItIsDeployed() throws Exception {
        HttpResponse<String> missing = dashboard.post("/instances/test", Map.of());
        dashboard.deploy(definition("data-pipeline", "1.0.0", "", "call: nobody.home")
                .replace("namespace: tests", "namespace: examples"));
        HttpResponse<String> started = dashboard.post("/instances/test", Map.of());

        assertThat(missing.statusCode()).isEqualTo(409);
        assertThat(missing.body()).contains("not deployed yet", "./orquestrax deploy");
        assertThat(started.statusCode()).isEqualTo(303);
        assertThat(dashboard
                        .get(started.headers().firstValue("location").orElse(""))
                        .body())
                .contains("data-pipeline", "iris.csv");
    }

    @Test
    void changesRowsInPlaceAndOnlyCountsNewOnes() throws Exception {
        InstanceRow shown = dashboard.start("calling", "in-view", "{}", Map.of());
        String page = dashboard.get("/instances?definition=tests%2Fcalling").body();

        try (TestingStream stream = dashboard.stream(live(page))) {
            stream.await("row-" + shown.id());
            InstanceRow fresh = dashboard.start("calling", "not-in-view", "{}", Map.of());
            String news = stream.await(" new<");
            var unused = dashboard
                    .orchestration()
                    .cancel(Caller.ANONYMOUS, shown.id(), null)
                    .join();
            stream.await("row-" + shown.id());
            stream.await("mark-cancelled");

            assertThat(news).doesNotContain(fresh.id().toString());
        }
    }
}
