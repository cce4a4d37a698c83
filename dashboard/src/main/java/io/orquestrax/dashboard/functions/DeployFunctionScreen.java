package io.orquestrax.dashboard.functions;

import io.orquestrax.dashboard.definitions.DeployPage;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.page.ShortText;
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
                    problem("There is no task", "Write one, paste one, or choose a file."));
        }
        if (request.field("action").equals("validate")) {
            List<Problem> problems = functions.validate(source);
            return page(request, 200, source, problems, verdict(problems));
        }
        try {
            FunctionService.Deployed deployed = functions.deploy(
                    request.caller(),
                    request.field("name").strip(),
                    request.field("version").strip(),
                    source);
            return new PageReply.SeeOther(Address.function(deployed.function()));
        } catch (ServiceException refused) {
            long errors = errors(refused.violations());
            Notice notice = errors == 0
                    ? problem("It was not deployed", refused.detail())
                    : problem(
                            "Not deployed: " + ShortText.count(errors, "mistake"),
                            "Nothing has changed. Put " + (errors == 1 ? "it" : "them") + " right and deploy again.");
            return page(request, refused.code().httpStatus(), source, refused.violations(), notice);
        }
    }

    private static Notice verdict(List<Problem> problems) {
        long errors = errors(problems);
        return errors > 0
                ? problem(ShortText.count(errors, "mistake"), "Nothing was deployed. A place takes you to its line.")
                : new Notice(Notice.Kind.INFORMATION, "It is valid", "Nothing was deployed by checking it.", null);
    }

    private static Notice problem(String title, String text) {
        return new Notice(Notice.Kind.PROBLEM, title, text, null);
    }

    private static long errors(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
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
