package io.orquestrax.dashboard.functions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LivePart;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.store.Page;
import io.orquestrax.store.function.StoredFunction;
import java.util.List;

/** The functions of the default catalog, and the page of one version of one of them. */
public final class FunctionsScreen {
    private static final int PAGE_SIZE = 100;
    private static final String ONE = "/functions/{name}/{version}";

    private final FunctionService functions;
    private final Frames frames;

    public FunctionsScreen(FunctionService functions, Frames frames) {
        this.functions = functions;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/functions", this::list);
        routes.live("/functions/live", this::liveList);
        routes.get(ONE, this::show);
        routes.live(ONE + "/live", this::liveOne);
        routes.post(ONE + "/retire", this::retire);
        routes.nothingBelow("/functions");
    }

    private PageReply list(PageRequest request) {
        String live = Address.of("/functions/live")
                .with("page", request.query("page"))
                .toString();
        return PageReply.ok(
                frames.page(request, "Functions", Section.FUNCTIONS, live, "functions/page", readList(request)));
    }

    private LiveView liveList(PageRequest request, Runnable changed) {
        return new LivePart<>(() -> readList(request), "functions/list", functions.changes(), frames, changed);
    }

    private FunctionsPage readList(PageRequest request) {
        Page<StoredFunction> page = functions.list(PAGE_SIZE, request.queryOrNull("page"));
        return FunctionsPage.of(page, functions.callerCounts(page.items()));
    }

    private PageReply show(PageRequest request) {
        FunctionPage page = readOne(request);
        return PageReply.ok(frames.page(
                request,
                page.function().name(),
                Section.FUNCTIONS,
                Address.function(page.function()) + "/live",
                "functions/function",
                page));
    }

    private LiveView liveOne(PageRequest request, Runnable changed) {
        var unused = readOne(request);
        return new LivePart<>(() -> readOne(request), "functions/changes", functions.changes(), frames, changed);
    }

    private FunctionPage readOne(PageRequest request) {
        StoredFunction function = functions.find(request.path("name"), request.path("version"));
        List<StoredFunction> versions = functions.versions(function.name());
        return new FunctionPage(
                function,
                versions,
                functions.callers(function, FunctionPage.MOST_CALLERS),
                Parameter.of(function.source()));
    }

    private PageReply retire(PageRequest request) {
        return new PageReply.SeeOther(
                Address.function(functions.retire(request.path("name"), request.path("version"))));
    }
}
