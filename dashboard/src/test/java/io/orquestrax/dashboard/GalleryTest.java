package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dashboard.cluster.ClusterPage;
import io.orquestrax.dashboard.definitions.DefinitionPage;
import io.orquestrax.dashboard.definitions.DefinitionsPage;
import io.orquestrax.dashboard.definitions.DeployPage;
import io.orquestrax.dashboard.definitions.SourceText;
import io.orquestrax.dashboard.definitions.StartForm;
import io.orquestrax.dashboard.events.EventPage;
import io.orquestrax.dashboard.events.EventsPage;
import io.orquestrax.dashboard.events.EventsQuery;
import io.orquestrax.dashboard.events.PublishForm;
import io.orquestrax.dashboard.functions.FunctionForm;
import io.orquestrax.dashboard.functions.FunctionPage;
import io.orquestrax.dashboard.functions.FunctionsPage;
import io.orquestrax.dashboard.instance.ChildrenPanel;
import io.orquestrax.dashboard.instance.HistoryPanel;
import io.orquestrax.dashboard.instance.InstanceHead;
import io.orquestrax.dashboard.instance.InstancePage;
import io.orquestrax.dashboard.instance.PayloadPanel;
import io.orquestrax.dashboard.instance.StepsPanel;
import io.orquestrax.dashboard.instance.Strip;
import io.orquestrax.dashboard.instances.InstanceLine;
import io.orquestrax.dashboard.instances.InstancesPage;
import io.orquestrax.dashboard.instances.InstancesQuery;
import io.orquestrax.dashboard.page.ErrorPage;
import io.orquestrax.dashboard.page.Frame;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.page.Templates;
import io.orquestrax.dashboard.page.Theme;
import io.orquestrax.dashboard.schedules.SchedulesPage;
import io.orquestrax.dashboard.webhooks.WebhookForm;
import io.orquestrax.dashboard.webhooks.WebhooksPage;
import io.orquestrax.dashboard.workers.WorkersPage;
import io.orquestrax.dsl.Problem;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.activation.Activation.State;
import io.orquestrax.store.Page;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes every page with sample data to {@code target/gallery}, in both themes, to be looked at. */
class GalleryTest {
    private static final Path GALLERY = Path.of("target", "gallery");
    private static final String RESOURCES = "src/main/resources/io/orquestrax/dashboard/web/";
    private static final InstancesQuery ALL = InstancesQuery.ALL;

    private final Templates templates = new Templates();

    @BeforeAll
    static void copyAssets() throws IOException {
        Files.createDirectories(GALLERY);
        StringBuilder style = new StringBuilder();
        for (String name : List.of("tokens", "base", "parts", "pages", "instance")) {
            style.append(Files.readString(Path.of(RESOURCES + name + ".css")));
        }
        Files.writeString(GALLERY.resolve("style.css"), style);
        Files.copy(
                Path.of(RESOURCES + "page.js"),
                GALLERY.resolve("page.js"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void rendersEveryPage(Theme theme) throws IOException {
        Map<String, String> pages = new HashMap<>();
        instances(theme, pages);
        instance(theme, pages);
        definitions(theme, pages);
        workers(theme, pages);
        cluster(theme, pages);
        functions(theme, pages);
        webhooks(theme, pages);
        schedules(theme, pages);
        events(theme, pages);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(GALLERY.resolve(page.getKey() + "-" + theme.text() + ".html"), page.getValue());
        }
        assertThat(pages.values())
                .allMatch(html -> html.contains("</html>"))
                .noneMatch(html -> html.contains("style=\""));
    }

    private void instances(Theme theme, Map<String, String> pages) {
        Map<Status, Long> counts =
                Map.of(Status.PENDING, 3L, Status.RUNNING, 128L, Status.WAITING, 1042L, Status.SUSPENDED, 1L);
        Page<InstanceRow> rows = new Page<>(SampleData.rows(), "next");
        List<String> names = List.of("examples/data-pipeline", "shop/fulfil-order");
        String list =
                render(theme, Section.INSTANCES, "instances/page", InstancesPage.of(ALL, counts, names, rows, null));
        pages.put(
                "instances",
                list.replace(
                        "id=\"fresh\" role=\"status\">",
                        "id=\"fresh\" role=\"status\"><a class=\"fresh-link numbers\" href=\"#\">12 new</a>"));
        Page<InstanceRow> none = new Page<>(List.of(), null);
        Notice missing = new Notice(
                Notice.Kind.INFORMATION,
                "The test workflow is not deployed yet",
                "Nothing was started. Deploy it, then press the button again:",
                "./orquestrax deploy examples/data-pipeline/workflow.yaml");
        pages.put(
                "instances-empty",
                render(
                        theme,
                        Section.INSTANCES,
                        "instances/page",
                        InstancesPage.of(ALL, Map.of(), names, none, missing)));
        InstancesQuery filtered = new InstancesQuery(Status.FAULTED, "shop/fulfil-order", "order-1", null, null);
        pages.put(
                "instances-none",
                render(
                        theme,
                        Section.INSTANCES,
                        "instances/page",
                        InstancesPage.of(filtered, counts, names, none, null)));
    }

    private void instance(Theme theme, Map<String, String> pages) {
        pages.put("instance-running", instance(theme, Status.RUNNING, State.RUNNING));
        pages.put("instance-queued", instance(theme, Status.RUNNING, State.QUEUED));
        pages.put("instance-retrying", instance(theme, Status.WAITING, State.RETRYING));
        pages.put(
                "instance-faulted",
                instance(theme, Status.FAULTED, State.FAULTED)
                        .replace("id=\"step-4-details\"", "id=\"step-4-details\" open"));
        pages.put("instance-completed", instance(theme, Status.COMPLETED, State.COMPLETED));
    }

    private String instance(Theme theme, Status status, State last) {
        InstanceRow row = SampleData.instance(status);
        List<Activation> activations = SampleData.activations(last);
        Strip strip = new Strip(List.of(
                new Strip.Node("ingest", "call", Mark.of(State.COMPLETED), 1, "#step-1"),
                new Strip.Node("remember", "set", Mark.of(State.COMPLETED), 1, "#step-2"),
                new Strip.Node("clean", "do", Mark.of(State.COMPLETED), 3, "#step-3"),
                new Strip.Node("train", "call", Mark.of(last), 1, "#step-7"),
                new Strip.Node("evaluate-against-the-holdout-set", "switch", null, 0, null),
                new Strip.Node("report", "call", null, 0, null)));
        InstancePage page = new InstancePage(
                InstanceHead.of(row, activations, true),
                strip,
                StepsPanel.of(
                        row.id(),
                        activations,
                        0,
                        InstanceHead.of(row, activations, true).sentence().told()),
                new ChildrenPanel(
                        status == Status.RUNNING
                                ? SampleData.rows().stream()
                                        .limit(ChildrenPanel.SHOWN)
                                        .map(InstanceLine::of)
                                        .toList()
                                : List.of(),
                        "#"),
                PayloadPanel.of(row),
                HistoryPanel.of(row.id(), 0, SampleData.events()),
                null);
        return render(theme, Section.INSTANCES, "instance/page", page);
    }

    private void definitions(Theme theme, Map<String, String> pages) {
        pages.put(
                "definitions",
                render(
                        theme,
                        Section.DEFINITIONS,
                        "definitions/page",
                        DefinitionsPage.of(new Page<>(SampleData.definitions(), null))));
        pages.put(
                "definitions-empty",
                render(
                        theme,
                        Section.DEFINITIONS,
                        "definitions/page",
                        DefinitionsPage.of(new Page<>(List.of(), null))));
        StartForm form = StartForm.of("", "{\n  \"file\": 12\n}")
                .withInputError(
                        "Expected the input to match the definition's schema, but 1 value does not.",
                        List.of(new Problem(
                                "type",
                                "Expected a string, but found a number.",
                                "/file",
                                0,
                                0,
                                Problem.Severity.ERROR)));
        pages.put(
                "definition",
                render(
                        theme,
                        Section.DEFINITIONS,
                        "definitions/definition",
                        new DefinitionPage(
                                SampleData.definitions().getFirst(),
                                new SourceText(SampleData.SOURCE),
                                SampleData.definitions().subList(2, 6),
                                form)));
        pages.put("deploy", render(theme, Section.DEFINITIONS, "definitions/deploy", DeployPage.empty()));
        Notice refused = new Notice(
                Notice.Kind.PROBLEM,
                "2 mistakes, not deployed",
                "Nothing has changed. Put these right and try again.",
                null);
        pages.put(
                "deploy-problems",
                render(
                        theme,
                        Section.DEFINITIONS,
                        "definitions/deploy",
                        DeployPage.of(SampleData.SOURCE, SampleData.problems(), refused)));
    }

    private void functions(Theme theme, Map<String, String> pages) {
        FunctionPage function = SampleCatalog.function();
        pages.put(
                "functions",
                render(
                        theme,
                        Section.FUNCTIONS,
                        "functions/page",
                        FunctionsPage.of(
                                new Page<>(function.versions(), "next"),
                                Map.of(function.versions().getFirst(), 3))));
        pages.put(
                "functions-empty",
                render(
                        theme,
                        Section.FUNCTIONS,
                        "functions/page",
                        FunctionsPage.of(new Page<>(List.of(), null), Map.of())));
        pages.put("function", render(theme, Section.FUNCTIONS, "functions/function", function));
        Notice refused = new Notice(Notice.Kind.PROBLEM, "Not deployed: 2 mistakes", "Nothing has changed.", null);
        pages.put(
                "function-deploy",
                render(
                        theme,
                        Section.FUNCTIONS,
                        "functions/deploy",
                        new FunctionForm(
                                "greet", "1.1.0", DeployPage.of(SampleData.SOURCE, SampleData.problems(), refused))));
    }

    private void webhooks(Theme theme, Map<String, String> pages) {
        pages.put("webhooks", render(theme, Section.WEBHOOKS, "webhooks/page", SampleCatalog.webhooks()));
        pages.put(
                "webhooks-empty",
                render(theme, Section.WEBHOOKS, "webhooks/page", new WebhooksPage(List.of(), null, List.of(), "")));
        pages.put("webhook", render(theme, Section.WEBHOOKS, "webhooks/webhook", SampleCatalog.webhook()));
        pages.put(
                "webhook-edit",
                render(
                        theme,
                        Section.WEBHOOKS,
                        "webhooks/edit",
                        new WebhookForm(
                                true,
                                "github",
                                true,
                                Map.of("verification/scheme", "hmac", "maxBytes", "much"),
                                "Expected a whole number from 1 to 67108864 at /maxBytes, but got a string")));
    }

    private void schedules(Theme theme, Map<String, String> pages) {
        pages.put(
                "schedules",
                render(
                        theme,
                        Section.SCHEDULES,
                        "schedules/page",
                        SchedulesPage.of(new Page<>(SampleData.schedules(), null))));
        pages.put(
                "schedules-empty",
                render(theme, Section.SCHEDULES, "schedules/page", SchedulesPage.of(new Page<>(List.of(), null))));
    }

    private void events(Theme theme, Map<String, String> pages) {
        EventsQuery all = new EventsQuery("", "", null);
        pages.put(
                "events",
                render(
                        theme,
                        Section.EVENTS,
                        "events/page",
                        EventsPage.of(all, new Page<>(SampleData.receivedEvents(), "next"))));
        pages.put(
                "events-empty",
                render(theme, Section.EVENTS, "events/page", EventsPage.of(all, new Page<>(List.of(), null))));
        pages.put(
                "event",
                render(
                        theme,
                        Section.EVENTS,
                        "events/event",
                        EventPage.of(SampleData.receivedEvents().getFirst(), null)));
        pages.put(
                "event-publish",
                render(
                        theme,
                        Section.EVENTS,
                        "events/publish",
                        new PublishForm(
                                "com.example.order.paid",
                                "not a uri",
                                "",
                                "",
                                "{\"order\": 4711",
                                "Expected one JSON value, but at line 1, column 15: Unexpected end-of-input.",
                                "Expected a URI reference at /source, but got \"not a uri\".")));
    }

    private void workers(Theme theme, Map<String, String> pages) {
        pages.put("workers", render(theme, Section.WORKERS, "workers/page", WorkersPage.of(SampleData.workers())));
        pages.put("workers-empty", render(theme, Section.WORKERS, "workers/page", WorkersPage.of(List.of())));
        pages.put(
                "error",
                templates.render(
                        "error",
                        Map.of(
                                "frame",
                                frame(theme, Section.INSTANCES),
                                "error",
                                new ErrorPage(
                                        404,
                                        "There is no such instance",
                                        "Expected the id of an instance, but none has 019cede4-8f20. It may have been mistyped, or removed by retention.",
                                        "instance-not-found",
                                        "/instances",
                                        "All instances"))));
    }

    private void cluster(Theme theme, Map<String, String> pages) {
        for (String kind : List.of("cluster", "cluster-lost", "cluster-one")) {
            ClusterPage page = ClusterPage.of(SampleCluster.of(kind), SampleData.NOW);
            pages.put(kind, render(theme, Section.CLUSTER, "cluster/page", page));
        }
    }

    private String render(Theme theme, Section section, String template, Object page) {
        return templates.render(template, Map.of("frame", frame(theme, section), "page", page, "now", SampleData.NOW));
    }

    private static Frame frame(Theme theme, Section section) {
        // No script: the pages must look right before any has run, and the sample's clock stands still.
        return new Frame("Gallery", section, theme, null, List.of("style.css"), List.of(), "icon.svg", SampleData.NOW);
    }
}
