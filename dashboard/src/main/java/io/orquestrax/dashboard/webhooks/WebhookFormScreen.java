package io.orquestrax.dashboard.webhooks;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.webhook.WebhookService;

/** The page where a webhook is made or changed. */
public final class WebhookFormScreen {
    private final WebhookService webhooks;
    private final Frames frames;

    public WebhookFormScreen(WebhookService webhooks, Frames frames) {
        this.webhooks = webhooks;
        this.frames = frames;
    }

    public void open(Routes routes) {
        // No webhook has the name "-".
        routes.get("/webhooks/-/new", request -> page(request, 200, WebhookForm.empty()));
        routes.post("/webhooks/-/new", request -> save(request, WebhookForm.of(request, true)));
        routes.get(
                "/webhooks/{name}/edit",
                request -> page(request, 200, WebhookForm.of(webhooks.find(request.path("name")))));
        routes.post("/webhooks/{name}/edit", request -> save(request, WebhookForm.of(request, false)));
    }

    private PageReply save(PageRequest request, WebhookForm form) {
        if (form.isNew() && exists(form.name())) {
            return page(
                    request,
                    409,
                    form.withError("Expected a new name, but there is a webhook " + form.name() + " already."));
        }
        try {
            webhooks.put(request.caller(), form.name(), form.configuration());
            return new PageReply.SeeOther(Address.webhook(form.name()));
        } catch (ServiceException refused) {
            return page(request, refused.code().httpStatus(), form.withError(refused.detail()));
        }
    }

    private boolean exists(String name) {
        try {
            webhooks.find(name);
            return true;
        } catch (ServiceException absent) {
            if (absent.code() == ErrorCode.WEBHOOK_NOT_FOUND) {
                return false;
            }
            throw absent;
        }
    }

    private PageReply page(PageRequest request, int status, WebhookForm form) {
        String title = form.isNew() ? "New webhook" : "Edit " + form.name();
        return new PageReply.Html(status, frames.page(request, title, Section.WEBHOOKS, null, "webhooks/edit", form));
    }
}
