package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.job.WorkerHello;
import io.orquestrax.server.job.WorkerSession;
import io.orquestrax.server.job.WorkerSink;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a real node on a real database. */
class DashboardTest {
    private static final String CALLING =
            definition("calling", "1.0.0", "title: Calls \"<nobody>\"", "call: nobody.home");
    private static final String SETTING = definition("setting", "1.0.0", "", "set: { greeting: hello }");
    private static final String LOOPING = """
            document: { dsl: 1.0.0, namespace: tests, name: looping, version: 1.0.0 }
            do:
              - count:
                  set: { count: '${ .count + 1 }' }
              - again:
                  switch:
                    - more: { when: '${ .count < 3000 }', then: count }
                    - enough: { then: end }
            """;
    private static final String NESTED = """
            document: { dsl: 1.0.0, namespace: tests, name: nested, version: 1.0.0 }
            do:
              - outer:
                  try:
                    - inner:
                        do:
                          - count:
                              set: { count: '${ .count + 1 }' }
                          - again:
                              switch:
                                - more: { when: '${ .count < 3000 }', then: count }
                                - enough: { then: last }
                          - last:
                              call: nobody.home
                  catch:
                    errors: {}
            """;
    private static final String EVIL = "<script>alert(1)</script>\"' onmouseover='x";

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestingDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = new TestingDashboard(directory);
        dashboard.deploy(CALLING);
        dashboard.deploy(SETTING);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    private static String definition(String name, String version, String extra, String task) {
        return """
               document:
                 dsl: 1.0.0
                 namespace: tests
                 name: %s
                 version: %s
                 %s
               do:
                 - first:
                     %s
               """.formatted(name, version, extra.isEmpty() ? "summary: A test" : extra, task);
    }

    @Test
    void leadsFromTheRootToTheInstances() throws Exception {
        HttpResponse<String> response = dashboard.get("/");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("location")).hasValue("/instances");
    }

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
    void saysWhyAnInstanceDoesNotGoOn() throws Exception {
        InstanceRow instance =
                dashboard.start("calling", null, "{\"amount\":9007199254740993}", Map.of("team", "blue"));

        String page = dashboard.get("/instances/" + instance.id()).body();

        assertThat(page)
                .containsOnlyOnce("No worker for type nobody.home is connected.")
                .contains("9007199254740993")
                .contains(">team<", ">blue<")
                .contains("Instance started", "Job created");
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
    void suspendsResumesAndTellsWhatIsRefused() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{}", Map.of());
        String path = "/instances/" + instance.id();

        assertThat(dashboard.post(path + "/suspend", Map.of()).headers().firstValue("location"))
                .hasValue(path);
        assertThat(status(instance)).isEqualTo("suspended");
        assertThat(dashboard.post(path + "/resume", Map.of()).statusCode()).isEqualTo(303);
        HttpResponse<String> refused = dashboard.post(path + "/retry", Map.of());

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("was refused; nothing has changed", instance.id().toString());
    }

    @Test
    void startsAnInstanceFromItsDefinition() throws Exception {
        HttpResponse<String> response = dashboard.post(
                "/definitions/tests/setting/1.0.0/start", Map.of("input", "{\"a\":1}", "key", "from-form"));

        assertThat(response.statusCode()).isEqualTo(303);
        String location = response.headers().firstValue("location").orElse("");
        assertThat(dashboard.get(location).body()).contains("from-form");
    }

    @Test
    void tellsWhatIsWrongWithAForm() throws Exception {
        String path = "/definitions/tests/calling/1.0.0/start";
        dashboard.start("calling", "taken", "{}", Map.of());

        HttpResponse<String> malformed = dashboard.post(path, Map.of("input", "{\n  \"a\": oops\n}"));
        HttpResponse<String> taken = dashboard.post(path, Map.of("input", "{\"other\":1}", "key", "taken"));

        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("at line 2", "oops", "aria-invalid");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("id=\"key-error\"", "value=\"taken\"");
    }

    @Test
    void deploysAndListsTheMistakesWithTheirLines() throws Exception {
        String wrong = definition("deployed", "1.0.0", "", "cal: nobody.home");
        String right = definition("deployed", "1.0.0", "", "call: nobody.home");

        HttpResponse<String> refused = dashboard.post("/definitions/new", Map.of("source", wrong, "action", "deploy"));
        HttpResponse<String> checked =
                dashboard.post("/definitions/new", Map.of("source", right, "action", "validate"));
        assertThat(dashboard.get("/definitions/tests/deployed/1.0.0").statusCode())
                .isEqualTo(404);
        HttpResponse<String> deployed = dashboard.post("/definitions/new", Map.of("source", right, "action", "deploy"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Not deployed", "data-line=", "problem-line");
        assertThat(checked.body()).contains("It is valid");
        assertThat(deployed.headers().firstValue("location")).hasValue("/definitions/tests/deployed/1.0.0");
        assertThat(dashboard.get("/definitions/tests/deployed/1.0.0").body()).contains("id=\"L9\"", "nobody.home");
    }

    @Test
    void deploysAFile() throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.yaml\"\r\n\r\n"
                + definition("uploaded", "1.0.0", "", "call: nobody.home")
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\ndeploy\r\n--b--\r\n";
        HttpRequest request = dashboard
                .request(
                        "/definitions/new",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Content-Type",
                        "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        assertThat(dashboard.send(request).headers().firstValue("location"))
                .hasValue("/definitions/tests/uploaded/1.0.0");
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

    @Test
    void showsAnEventAndWhatBecameOfIt() throws Exception {
        dashboard.deploy(
                definition("hearing", "1.0.0", "", "listen: { to: { one: { with: { type: dashboard.heard } } } }"));
        InstanceRow instance = dashboard.start("hearing", null, "{}", Map.of());
        try (TestingStream stream = dashboard.stream("/instances/" + instance.id() + "/live")) {
            stream.await("mark-waiting");
        }
        assertThat(dashboard.get("/instances/" + instance.id()).body())
                .contains(" waits for dashboard.heard")
                .doesNotContain("it goes on");

        HttpResponse<String> published = publish("dashboard.heard", "/till", "one", "{\"sum\":1.10}");

        assertThat(published.statusCode()).isEqualTo(303);
        String location = published.headers().firstValue("location").orElseThrow();
        try (TestingStream stream = dashboard.stream(location + "/live")) {
            stream.await("mark-completed");
            stream.await("/instances/" + instance.id());
        }
        assertThat(dashboard.get(location).body()).contains("1.10", "consumed", "/till", "taken by 1 instance");
        assertThat(dashboard.get("/events?type=dashboard.heard&source=/till").body())
                .contains(location, "by 1 instance");
        assertThat(dashboard.get("/events?type=dashboard.heard&source=/other").body())
                .contains("No event matches");
    }

    @Test
    void countsNewEventsAndChangesThoseInView() throws Exception {
        publish("dashboard.in-view", "/till", "first", "1");
        String page = dashboard.get("/events?type=dashboard.in-view").body();

        try (TestingStream stream = dashboard.stream(live(page))) {
            stream.await("nobody listened");
            publish("dashboard.elsewhere", "/till", "other", "1");
            publish("dashboard.in-view", "/till", "second", "1");

            stream.await(">1 new<");
        }
    }

    @Test
    void tellsWhatIsWrongWithAnEvent() throws Exception {
        HttpResponse<String> noJson = publish("dashboard.wrong", "/till", "", "{\"sum\": ");
        HttpResponse<String> noSource = publish("dashboard.wrong", "not a uri", "", "");
        publish("dashboard.again", "/till", "again", "1");
        HttpResponse<String> again = publish("dashboard.again", "/till", "again", "2");

        assertThat(noJson.statusCode()).isEqualTo(400);
        assertThat(noJson.body())
                .contains("Expected one JSON value, but at line 1")
                .contains("{\"sum\": </textarea>");
        assertThat(noSource.statusCode()).isEqualTo(422);
        assertThat(noSource.body())
                .contains("Expected a URI reference at /source")
                .containsPattern("name=\"source\"[^>]*aria-invalid");
        assertThat(dashboard
                        .get(again.headers().firstValue("location").orElseThrow())
                        .body())
                .contains("It had been published before");
    }

    private static HttpResponse<String> publish(String type, String source, String id, String data) throws Exception {
        return dashboard.post("/events/new", Map.of("type", type, "source", source, "id", id, "data", data));
    }

    @Test
    void listsTheChildrenOfAnInstanceAsTheyChange() throws Exception {
        dashboard.deploy(definition(
                "parenting",
                "1.0.0",
                "",
                "for: { each: number, in: '${ [range(12)] }' }\n      do: [{ child: { run: { await: false, workflow:"
                        + " { namespace: tests, name: calling, version: 1.0.0 } } } }]"));
        InstanceRow parent = dashboard.start("parenting", null, "{}", Map.of());
        closed(parent);
        List<InstanceRow> children = children(parent, 12);

        String page = dashboard.get("/instances/" + parent.id()).body();
        assertThat(Pattern.compile("<li class=\"child\"").matcher(page).results())
                .hasSize(10);
        assertThat(page).contains("the newest 10", "/instances?parent=" + parent.id());
        String child = dashboard.get("/instances/" + children.getFirst().id()).body();
        assertThat(child).contains("Started by", "/instances/" + parent.id());

        dashboard.start("calling", "no-child", "{}", Map.of());
        String list = dashboard.get("/instances?parent=" + parent.id()).body();
        assertThat(list)
                .contains("Children of", "row-" + children.getLast().id())
                .doesNotContain("no-child");
        try (TestingStream stream = dashboard.stream("/instances/" + parent.id() + "/live")) {
            stream.await("child-" + children.getFirst().id());
            var unused = dashboard
                    .orchestration()
                    .cancel(Caller.ANONYMOUS, children.getFirst().id(), null)
                    .join();
            stream.await("mark-cancelled");
        }
    }

    @Test
    void tellsIterationsBranchesAndChildrenApartAndMutesWhatWasCaught() throws Exception {
        dashboard.deploy("""
                document: { dsl: 1.0.0, namespace: tests, name: winding, version: 1.0.0 }
                do:
                  - around:
                      for: { each: number, in: '${ [4, 5] }' }
                      do: [{ keep: { set: { kept: '${ $number }' } } }]
                  - apart:
                      fork:
                        branches:
                          - left: { set: { a: 1 } }
                          - right:
                              run: { await: false, workflow: { namespace: tests, name: setting, version: 1.0.0 } }
                  - careful:
                      try:
                        - breaks: { raise: { error: { type: 'urn:tests:broken', status: 500 } } }
                      catch: { errors: {} }
                  - careless: { raise: { error: { type: 'urn:tests:broken', status: 500 } } }
                """);
        InstanceRow instance = closed(dashboard.start("winding", null, "{}", Map.of()));
        UUID child = children(instance, 1).getFirst().id();

        String page = dashboard.get("/instances/" + instance.id()).body();

        assertThat(page)
                .contains("2 of 2", "2 branches", ">#1<", ">#2<")
                .containsPattern("<a href=\"/instances/" + child + "\">setting</a>");
        assertThat(Pattern.compile("<li class=\"step [^\"]*is-handled")
                        .matcher(page)
                        .results())
                .hasSize(1);
        assertThat(Pattern.compile("fault-handled").matcher(page).results()).hasSize(1);
    }

    private static List<InstanceRow> children(InstanceRow parent, int expected) {
        InstanceFilter filter = new InstanceFilter(Set.of(), null, null, null, parent.id());
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadlineNanos) {
            List<InstanceRow> children = dashboard
                    .orchestration()
                    .instances(Caller.ANONYMOUS, filter, 100, null)
                    .items();
            if (children.size() == expected) {
                return children;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("Expected " + expected + " children of " + parent.id());
    }

    @Test
    void showsConnectedWorkers() throws Exception {
        assertThat(dashboard.get("/workers").body()).contains("No worker is connected", "./orquestrax worker");
        try (TestingStream stream = dashboard.stream("/workers/live")) {
            stream.await("No worker is connected");

            WorkerSession session = connect("worker-in-view", "someone.home");

            stream.await("worker-in-view");
            assertThat(dashboard.get("/workers").body()).contains("someone.home", "0 of 4", "pid 4711");
            session.drain();
            stream.await("draining");
            session.disconnected();
            stream.await("No worker is connected");
        }
    }

    @Test
    void pushesWhatWorkersDoWithoutACommit() throws Exception {
        dashboard.deploy(definition("working", "1.0.0", "", "call: live.work"));
        InstanceRow instance = dashboard.start("working", null, "{}", Map.of());
        JobId job = new JobId(instance.id(), 1, 1);
        String page = dashboard.get("/instances/" + instance.id()).body();

        try (TestingStream stream = dashboard.stream(live(page));
                TestingStream ofWorkers = dashboard.stream("/workers/live")) {
            stream.await("No worker for type live.work is connected.");
            long committed = events(instance);

            WorkerSession session = connect("worker-on-it", "live.work");
            stream.await("worker-on-it-id");
            ofWorkers.await("1 of 4");
            session.heartbeat(job, Json.readTrusted("{\"percent\":42,\"message\":\"halfway\"}"));
            stream.await("value=\"42\"");
            stream.await("halfway");
            session.heartbeat(job, Json.readTrusted("{\"percent\":97}"));
            stream.await("value=\"97\"");

            assertThat(events(instance)).isEqualTo(committed);
            session.disconnected();
        }
    }

    @Test
    void pushesWhatWasCommittedToTheInstancesPage() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{}", Map.of());
        String page = dashboard.get("/instances/" + instance.id()).body();

        try (TestingStream stream = dashboard.stream(live(page))) {
            stream.await("mark-running");
            var unused = dashboard
                    .orchestration()
                    .cancel(Caller.ANONYMOUS, instance.id(), "because")
                    .join();

            stream.await("mark-cancelled");
            stream.await("Instance cancelled");
        }
    }

    @Test
    void keepsEveryLineOfATextOnItsWayThroughTheStream() throws Exception {
        dashboard.deploy(definition(
                "raising",
                "1.0.0",
                "",
                "raise: { error: { type: 'urn:tests:raised', status: 500, detail: \"one\\rdata: two\" } }"));
        InstanceRow instance = closed(dashboard.start("raising", null, "{\"outer\":{\"inner\":1}}", Map.of()));
        String page = dashboard.get("/instances/" + instance.id()).body();

        try (TestingStream stream = dashboard.stream(live(page))) {
            assertThat(stream.await("data: two")).startsWith("data: data: two");
            assertThat(stream.await("\"inner\"")).startsWith("data:     <span");
        }
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

    @Test
    void refusesAStreamOfWhatIsNotThere() throws Exception {
        assertThat(dashboard
                        .get("/instances/019cede4-8f20-7000-9a3b-5d0c41e07000/live")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysOnceWhyAnInstanceFailed() throws Exception {
        dashboard.deploy(
                definition(
                        "failing",
                        "1.0.0",
                        "",
                        "raise: { error: { type: 'urn:tests:failed', status: 500, title: Declined, detail: The card is lost. } }"));
        dashboard.deploy(definition("picky", "1.0.0", "", "set: { a: 1 }")
                + "input: { schema: { document: { required: [orderId] } } }\n");
        InstanceRow failed = closed(dashboard.start("failing", null, "{}", Map.of()));
        InstanceRow refused = closed(dashboard.start("picky", null, "{}", Map.of()));

        assertThat(text(failed)).containsOnlyOnce("The card is lost.").contains("Step first failed: The card is lost.");
        assertThat(text(refused)).contains(": required property 'orderId' not found");
    }

    @Test
    void keepsTheThemeThatWasChosen() throws Exception {
        HttpResponse<String> chosen = dashboard.post("/theme", Map.of("theme", "dark"));

        assertThat(chosen.headers().firstValue("set-cookie").orElse("")).startsWith("theme=dark");
        assertThat(dashboard.get("/instances", "Cookie", "theme=dark").body()).contains("data-theme=\"dark\"");
        assertThat(dashboard.get("/instances", "Cookie", "theme=<b>").body()).contains("data-theme=\"system\"");
    }

    @Test
    void cutsWhatIsTooLongToBeRead() throws Exception {
        InstanceRow instance = dashboard.start("calling", null, "{\"text\":\"" + "x".repeat(300_000) + "\"}", Map.of());

        String page = dashboard.get("/instances/" + instance.id()).body();

        assertThat(page.length()).isLessThan(150_000);
        assertThat(page).contains("All of it, raw", "/api/v1/instances/" + instance.id());
    }

    @Test
    void staysShortHoweverLongAnInstanceRuns() throws Exception {
        dashboard.deploy(LOOPING);
        InstanceRow instance = closed(dashboard.start("looping", null, "{\"count\":0}", Map.of()));
        String page = dashboard.get("/instances/" + instance.id()).body();

        assertThat(Pattern.compile("<li class=\"step ").matcher(page).results()).hasSize(200);
        assertThat(Pattern.compile("<li class=\"event\"")
                        .matcher(page)
                        .results()
                        .count())
                .isBetween(1L, 100L);
        assertThat(page)
                .contains("5800 older steps are not shown, as only the newest 5000 events are read")
                .contains("href=\"/api/v1/instances/" + instance.id() + "/history\"")
                .contains("\"count\"", "It completed.", "Instance completed");
        try (TestingStream stream = dashboard.stream(live(page))) {
            stream.await("5800 older steps");
        }
    }

    @Test
    void showsTheNewestStepsInsideOfStepsThatBeganLongAgo() throws Exception {
        dashboard.deploy(NESTED);
        InstanceRow instance = dashboard.start("nested", "nested", "{\"count\":0}", Map.of());
        try (TestingStream stream = dashboard.stream("/instances/" + instance.id() + "/live?after=0")) {
            stream.await("Step last is queued.");
        }

        String page = dashboard.get("/instances/" + instance.id()).body();

        assertThat(Pattern.compile("<li class=\"step ").matcher(page).results()).hasSize(200);
        assertThat(page).contains("older steps are not shown", "Step last is queued.");
    }

    private static WorkerSession connect(String name, String type) {
        WorkerHello hello = new WorkerHello(
                name + "-id",
                name,
                List.of(new WorkerHello.JobType(type, null, null, null)),
                4,
                "host-1",
                4711,
                "java",
                "0.1.0",
                "build-1",
                List.of());
        return dashboard.node().services().dispatcher().connect(hello, new IdleSink());
    }

    /** The page down to its history, which shows every event as it was. */
    private static String text(InstanceRow instance) throws Exception {
        String page = dashboard.get("/instances/" + instance.id()).body();
        return page.substring(0, page.indexOf("id=\"history\""));
    }

    private static long events(InstanceRow instance) {
        return dashboard
                .orchestration()
                .history(Caller.ANONYMOUS, instance.id(), 0, 100)
                .size();
    }

    private static String live(String page) {
        Matcher live = Pattern.compile("sse-connect=\"([^\"]+)\"").matcher(page);
        assertThat(live.find()).isTrue();
        return live.group(1).replace("&amp;", "&");
    }

    private static InstanceRow closed(InstanceRow instance) {
        return dashboard
                .orchestration()
                .await(Caller.ANONYMOUS, instance.id(), Duration.ofSeconds(20))
                .join();
    }

    private static String status(InstanceRow instance) {
        return dashboard
                .orchestration()
                .instance(Caller.ANONYMOUS, instance.id())
                .status()
                .text();
    }

    /** A worker that takes what it is given and never answers. */
    private static final class IdleSink implements WorkerSink {
        @Override
        public void assign(List<JobAssignment> jobs) {}

        @Override
        public void acknowledge(JobId job, boolean counted) {}

        @Override
        public void cancel(List<JobId> jobs) {}

        @Override
        public void replaced() {}
    }
}
