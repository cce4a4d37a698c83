package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of one instance. */
class InstancePageTest extends DashboardPages {
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

    /** The page down to its history, which shows every event as it was. */
    private static String text(InstanceRow instance) throws Exception {
        String page = dashboard.get("/instances/" + instance.id()).body();
        return page.substring(0, page.indexOf("id=\"history\""));
    }
}
