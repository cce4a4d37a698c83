package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.Problem;
import io.orquestrax.server.orchestration.Deployment;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page where a definition is checked and deployed. */
public final class DeployScreen {
    private final Orchestration orchestration;
    private final Frames frames;

    public DeployScreen(Orchestration orchestration, Frames frames) {
        this.orchestration = orchestration;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/definitions/new", request -> page(request, 200, DeployPage.empty()));
        routes.post("/definitions/new", this::submit);
    }

    private PageReply submit(PageRequest request) {
        String file = request.field("file");
        String source = file.isBlank() ? request.field("source") : file;
        if (source.isBlank()) {
            Notice nothing = new Notice(
                    Notice.Kind.PROBLEM, "There is no document", "Write one, paste one, or choose a file.", null);
            return page(request, 400, DeployPage.of(source, List.of(), nothing));
        }
        return request.field("action").equals("validate") ? validate(request, source) : deploy(request, source);
    }

    private PageReply validate(PageRequest request, String source) {
        List<Problem> problems = orchestration.validate(request.caller(), bytes(source));
        return page(request, 200, DeployPage.of(source, problems, verdict(problems)));
    }

    private static Notice verdict(List<Problem> problems) {
        long errors = errors(problems);
        if (errors > 0) {
            return new Notice(
                    Notice.Kind.PROBLEM,
                    ShortText.count(errors, "mistake"),
                    "Nothing was deployed. A place takes you to its line.",
                    null);
        }
        return new Notice(
                Notice.Kind.INFORMATION,
                problems.isEmpty() ? "It is valid" : "It is valid, with " + ShortText.count(problems.size(), "warning"),
                "Nothing was deployed by checking it.",
                null);
    }

    private PageReply deploy(PageRequest request, String source) {
        try {
            Deployment deployment = orchestration.deploy(request.caller(), bytes(source));
            return new PageReply.SeeOther(
                    Address.definition(deployment.definition().id()));
        } catch (ServiceException refused) {
            long errors = errors(refused.violations());
            Notice notice = errors == 0
                    ? new Notice(Notice.Kind.PROBLEM, "It was not deployed", refused.detail(), null)
                    : new Notice(
                            Notice.Kind.PROBLEM,
                            "Not deployed: " + ShortText.count(errors, "mistake"),
                            "Nothing has changed. Put " + (errors == 1 ? "it" : "them") + " right and deploy again.",
                            null);
            return page(request, refused.code().httpStatus(), DeployPage.of(source, refused.violations(), notice));
        }
    }

    private PageReply page(PageRequest request, int status, DeployPage page) {
        return new PageReply.Html(
                status,
                frames.page(request, "Deploy a definition", Section.DEFINITIONS, null, "definitions/deploy", page));
    }

    private static long errors(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }

    /** Browsers end lines as forms do, files as their system does; the hash should not depend on it. */
    private static byte[] bytes(String source) {
        return source.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
