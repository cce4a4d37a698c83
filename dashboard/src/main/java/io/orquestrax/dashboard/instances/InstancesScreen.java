package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Answers;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.store.Page;
import io.orquestrax.store.instance.InstanceRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The list of instances, its filter, its live stream, and the test workflow. */
public final class InstancesScreen {
    private static final int PAGE_SIZE = 50;
    private static final int DEFINITIONS_OFFERED = 200;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String TEST_NAMESPACE = "examples";
    private static final String TEST_NAME = "data-pipeline";
    private static final String TEST_INPUT = "{\"file\":\"examples/data-pipeline/iris.csv\"}";
    private static final Notice TEST_MISSING = new Notice(
            Notice.Kind.INFORMATION,
            "The test workflow is not deployed yet",
            "Nothing was started. Deploy it, then press the button again:",
            "./orquestrax deploy examples/data-pipeline/workflow.yaml");

    private final Orchestration orchestration;
    private final CommitFeed commits;
    private final Frames frames;

    public InstancesScreen(Orchestration orchestration, CommitFeed commits, Frames frames) {
        this.orchestration = orchestration;
        this.commits = commits;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/instances", this::list);
        routes.live("/instances/live", this::live);
        routes.post("/instances/test", this::startTest);
    }

    private PageReply list(PageRequest request) {
        InstancesQuery query = query(request);
        if (ID.matcher(query.key()).matches()) {
            return new PageReply.SeeOther(Address.instance(query.key()));
        }
        return PageReply.ok(page(request, query, null));
    }

    private PageReply startTest(PageRequest request) {
        StartRequest start = new StartRequest(
                TEST_NAMESPACE,
                TEST_NAME,
                null,
                null,
                Json.readTrusted(TEST_INPUT),
                Map.of("started-from", "dashboard"));
        try {
            InstanceRow instance =
                    Answers.await(orchestration.start(request.caller(), start)).instance();
            return new PageReply.SeeOther(Address.instance(instance.id()));
        } catch (ServiceException refused) {
            if (refused.code() != ErrorCode.DEFINITION_NOT_FOUND) {
                throw refused;
            }
            return new PageReply.Html(409, page(request, InstancesQuery.ALL, TEST_MISSING));
        }
    }

    private LiveView live(PageRequest request, Runnable changed) {
        List<UUID> shown = Arrays.stream(request.query("rows").split("\\."))
                .filter(id -> ID.matcher(id).matches())
                .limit(PAGE_SIZE)
                .map(UUID::fromString)
                .toList();
        return new InstancesLive(
                orchestration,
                commits,
                frames,
                request,
                query(request),
                shown,
                request.query("newest").equals("true"),
                changed);
    }

    private String page(PageRequest request, InstancesQuery query, @Nullable Notice notice) {
        Page<InstanceRow> rows = orchestration.instances(request.caller(), query.filter(), PAGE_SIZE, query.token());
        List<String> definitions =
                orchestration.definitions(request.caller(), null, null, DEFINITIONS_OFFERED, null).items().stream()
                        .map(definition -> definition.id().namespace() + "/"
                                + definition.id().name())
                        .distinct()
                        .toList();
        InstancesPage page =
                InstancesPage.of(query, orchestration.openCounts(request.caller()), definitions, rows, notice);
        return frames.page(request, "Instances", Section.INSTANCES, page.live(), "instances/page", page);
    }

    private static InstancesQuery query(PageRequest request) {
        String parent = request.query("parent");
        boolean isOfParent = ID.matcher(parent).matches();
        return new InstancesQuery(
                status(request.query("status")).orElse(null),
                request.query("definition"),
                // A list of children is not searched by key as well.
                isOfParent ? "" : request.query("key"),
                isOfParent ? UUID.fromString(parent) : null,
                request.queryOrNull("page"));
    }

    private static Optional<Status> status(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }
}
