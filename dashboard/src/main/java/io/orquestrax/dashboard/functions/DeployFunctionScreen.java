package io.orquestrax.dashboard.functions;

import io.orquestrax.dashboard.definitions.DeployPage;
import io.orquestrax.dashboard.definitions.Verdict;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.Problem;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page where a function is checked and deployed. */
public final class DeployFunctionScreen {
    private final FunctionService functions;
    private final Frames frames;

    public DeployFunctionScreen(FunctionService functions, Frames frames) {
        this.functions = functions;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/functions/new", this::offer);
        routes.post("/functions/new", this::submit);
    }

    /** Empty, or with the source of the version that the address names. */
    private PageReply offer(PageRequest request) {
        String name = request.query("name");
        String source = "";
        if (!name.isEmpty()) {
            try {
                source = functions.find(name, request.query("version")).source();
            } catch (ServiceException noSuchFunction) {
                return page(request, 200, name, "", source, List.of(), null);
            }
        }
        return page(request, 200, name, "", source, List.of(), null);
    }

    private PageReply submit(PageRequest request) {
        String file = request.field("file");
        String source = (file.isBlank() ? request.field("source") : file).replace("\r\n", "\n");
        if (source.isBlank()) {
            return page(
                    request,
                    400,
                    source,
                    List.of(),
                    Verdict.problem("There is no task", "Write one, paste one, or choose a file."));
        }
        if (request.field("action").equals("validate")) {
            List<Problem> problems = functions.validate(source);
            return page(request, 200, source, problems, Verdict.ofCheck(problems));
        }
        try {
            FunctionService.Deployed deployed = functions.deploy(
                    request.caller(),
                    request.field("name").strip(),
                    request.field("version").strip(),
                    source);
            return new PageReply.SeeOther(Address.function(deployed.function()));
        } catch (ServiceException refused) {
            return page(request, refused.code().httpStatus(), source, refused.violations(), Verdict.ofRefusal(refused));
        }
    }

    private PageReply page(
            PageRequest request, int status, String source, List<Problem> problems, @Nullable Notice notice) {
        return page(request, status, request.field("name"), request.field("version"), source, problems, notice);
    }

    private PageReply page(
            PageRequest request,
            int status,
            String name,
            String version,
            String source,
            List<Problem> problems,
            @Nullable Notice notice) {
        FunctionForm form = new FunctionForm(name, version, DeployPage.of(source, problems, notice));
        return new PageReply.Html(
                status, frames.page(request, "Deploy a function", Section.FUNCTIONS, null, "functions/deploy", form));
    }
}
