package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.instance.InstanceRow;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages share: the frame, mistaken addresses, assets, and guards. */
class DashboardTest extends DashboardPages {
    private static final String EVIL = "<script>alert(1)</script>\"' onmouseover='x";

    @Test
    void leadsFromTheRootToTheInstances() throws Exception {
        HttpResponse<String> response = dashboard.get("/");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("location")).hasValue("/instances");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/instances/019cede4-8f20-7000-9a3b-5d0c41e07000",
                "/instances/not-an-id",
                "/instances/1-1-1-1-1",
                "/instances/a/b/c/d",
                "/definitions/no/such/definition",
                "/definitions/tests/setting/9.9.9",
                "/definitions/nowhere",
                "/events/999999999",
                "/events/nothing",
                "/events/1/nothing"
            })
    void answersWhatIsNotThereWithAPage(String path) throws Exception {
        HttpResponse<String> response = dashboard.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(response.body()).contains("<h1>There is no", "not-found").doesNotContain("Exception");
    }

    @Test
    void answersABrowserWithAPageWhereverItStrays() throws Exception {
        for (String path : List.of("/nowhere", "/a/b/c", "/workers/nobody")) {
            HttpResponse<String> page = dashboard.get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).as(path).contains("<h1>There is nothing here");
        }
        for (HttpResponse<String> problem : List.of(
                dashboard.get("/nowhere", "Accept", "*/*"), dashboard.get("/api/v1/nowhere", "Accept", "text/html"))) {
            assertThat(problem.statusCode()).isEqualTo(404);
            assertThat(problem.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        }
    }

    @Test
    void refusesAStreamOfWhatIsNotThere() throws Exception {
        assertThat(dashboard
                        .get("/instances/019cede4-8f20-7000-9a3b-5d0c41e07000/live")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void writesWhatUsersGaveAsTextOnly() throws Exception {
        InstanceRow instance = dashboard.start(
                "calling",
                EVIL,
                "{\"<img src=x onerror=alert(1)>\":\"</pre><script>alert(2)</script>\"}",
                Map.of("tag" + EVIL, EVIL));

        for (String path : List.of(
                "/instances",
                "/instances/" + instance.id(),
                "/definitions",
                "/definitions/tests/calling/1.0.0?from=" + instance.id(),
                "/instances?key=%3Cscript%3Ealert(3)%3C/script%3E%22&definition=%22%3E%3Cb%3E&status=%3Ci%3E")) {
            assertThat(dashboard.get(path).body())
                    .as(path)
                    .doesNotContain("<script>", "<img", "</script>\"", "<nobody>", "\"><b>")
                    .doesNotContainPattern("=\"[^\"<>]*<script");
        }
    }

    @Test
    void letsNoPageRunOrStyleAnythingInline() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{}", Map.of());

        for (String path : List.of(
                "/instances",
                "/instances/" + instance.id(),
                "/definitions",
                "/definitions/new",
                "/workers",
                "/cluster",
                "/events",
                "/events/new",
                "/functions",
                "/functions/new",
                "/webhooks",
                "/webhooks/-/new",
                "/schedules")) {
            HttpResponse<String> response = dashboard.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(response.body())
                    .as(path)
                    .doesNotContain(" style=", "<style", "https://cdn")
                    .doesNotContainPattern("<script(?![^>]* src=\"/assets/)");
        }
    }

    @Test
    void keepsAssetsForEverUnderTheirHash() throws Exception {
        Matcher assets = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"")
                .matcher(dashboard.get("/instances").body());

        int count = 0;
        while (assets.find()) {
            count++;
            HttpResponse<String> asset = dashboard.get(assets.group(1), "Accept-Encoding", "gzip");
            assertThat(asset.statusCode()).isEqualTo(200);
            assertThat(asset.headers().firstValue("content-encoding")).hasValue("gzip");
            assertThat(asset.headers().firstValue("cache-control").orElse("")).contains("immutable");
        }
        assertThat(count).isEqualTo(5);
    }

    @Test
    void takesFormsFromItsOwnPagesOnly() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{}", Map.of());
        String path = "/instances/" + instance.id() + "/cancel";

        assertThat(dashboard
                        .post(path, Map.of(), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(dashboard.post(path, Map.of(), "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(dashboard
                        .post(path, Map.of(), "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(dashboard.post(path, Map.of(), "Accept", "*/*").statusCode()).isEqualTo(403);
        assertThat(status(instance)).isEqualTo("running");

        assertThat(dashboard
                        .post(path, Map.of(), "Origin", "http://" + dashboard.authority())
                        .statusCode())
                .isEqualTo(303);
        assertThat(status(instance)).isEqualTo("cancelled");
    }

    @Test
    void keepsTheThemeThatWasChosen() throws Exception {
        HttpResponse<String> chosen = dashboard.post("/theme", Map.of("theme", "dark"));

        assertThat(chosen.headers().firstValue("set-cookie").orElse("")).startsWith("theme=dark");
        assertThat(dashboard.get("/instances", "Cookie", "theme=dark").body()).contains("data-theme=\"dark\"");
        assertThat(dashboard.get("/instances", "Cookie", "theme=<b>").body()).contains("data-theme=\"system\"");
    }
}
