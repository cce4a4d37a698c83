package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
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
            Notice nothing = Verdict.problem("There is no document", "Write one, paste one, or choose a file.");
            return page(request, 400, DeployPage.of(source, List.of(), nothing));
        }
        return request.field("action").equals("validate") ? validate(request, source) : deploy(request, source);
    }

    private PageReply validate(PageRequest request, String source) {
        List<Problem> problems = orchestration.validate(request.caller(), bytes(source));
        return page(request, 200, DeployPage.of(source, problems, Verdict.ofCheck(problems)));
    }

    private PageReply deploy(PageRequest request, String source) {
        try {
            Deployment deployment = orchestration.deploy(request.caller(), bytes(source));
            return new PageReply.SeeOther(
                    Address.definition(deployment.definition().id()));
        } catch (ServiceException refused) {
            return page(
                    request,
                    refused.code().httpStatus(),
                    DeployPage.of(source, refused.violations(), Verdict.ofRefusal(refused)));
        }
    }

    private PageReply page(PageRequest request, int status, DeployPage page) {
        return new PageReply.Html(
                status,
                frames.page(request, "Deploy a definition", Section.DEFINITIONS, null, "definitions/deploy", page));
    }

    /** Browsers end lines as forms do, files as their system does; the hash should not depend on it. */
    private static byte[] bytes(String source) {
        return source.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
