package io.orquestrax.dashboard.webhooks;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LivePart;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.webhook.StoredWebhook;

/** Where events come in and go out, and the page of one webhook. */
public final class WebhooksScreen {
    private static final int PAGE_SIZE = 100;
    private static final String ONE = "/webhooks/{name}";

    private final WebhookService webhooks;
    private final Settings settings;
    private final Frames frames;

    public WebhooksScreen(WebhookService webhooks, Settings settings, Frames frames) {
        this.webhooks = webhooks;
        this.settings = settings;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/webhooks", this::list);
        routes.live("/webhooks/-/live", this::liveList);
        routes.get(ONE, this::show);
        routes.live(ONE + "/live", this::liveOne);
        routes.post(ONE + "/try", this::tryOut);
        routes.post(ONE + "/enable", request -> enable(request, true));
        routes.post(ONE + "/disable", request -> enable(request, false));
        routes.post(ONE + "/delete", this::delete);
        routes.nothingBelow("/webhooks");
    }

    private PageReply list(PageRequest request) {
        String live = Address.of("/webhooks/-/live")
                .with("page", request.query("page"))
                .toString();
        return PageReply.ok(
                frames.page(request, "Webhooks", Section.WEBHOOKS, live, "webhooks/page", readList(request)));
    }

    private LiveView liveList(PageRequest request, Runnable changed) {
        return new LivePart<>(() -> readList(request), "webhooks/list", webhooks.changes(), frames, changed);
    }

    private WebhooksPage readList(PageRequest request) {
        return WebhooksPage.of(
                webhooks.list(PAGE_SIZE, request.queryOrNull("page")),
                webhooks,
                settings.get(SettingCatalog.EVENTS_SINKS).all(),
                settings.get(SettingCatalog.EVENTS_SINKS_SECRET));
    }

    private PageReply show(PageRequest request) {
        return page(request, TryOut.offered(line(request)));
    }

    private LiveView liveOne(PageRequest request, Runnable changed) {
        WebhookLine first = line(request);
        TryOut tryOut = TryOut.offered(first);
        return new LivePart<>(
                () -> new WebhookPage(line(request), url(request), tryOut),
                "webhooks/changes",
                webhooks.changes(),
                frames,
                changed);
    }

    private PageReply tryOut(PageRequest request) {
        TryOut tried = TryOut.of(request.field("headers"), request.field("query"), request.field("body"));
        StoredWebhook webhook = webhooks.find(request.path("name"));
        return page(request, tried.with(webhooks.preview(webhook.name(), webhook.configuration(), tried.request())));
    }

    private PageReply page(PageRequest request, TryOut tryOut) {
        WebhookPage page = new WebhookPage(line(request), url(request), tryOut);
        return PageReply.ok(frames.page(
                request, page.line().name(), Section.WEBHOOKS, page.line().href() + "/live", "webhooks/webhook", page));
    }

    private PageReply enable(PageRequest request, boolean enabled) {
        StoredWebhook webhook = webhooks.enable(request.caller(), request.path("name"), enabled);
        return new PageReply.SeeOther(Address.webhook(webhook.name()));
    }

    private PageReply delete(PageRequest request) {
        webhooks.remove(request.caller(), request.path("name"));
        return new PageReply.SeeOther("/webhooks");
    }

    private WebhookLine line(PageRequest request) {
        StoredWebhook webhook = webhooks.find(request.path("name"));
        return new WebhookLine(webhook, webhooks.tally(webhook.name()));
    }

    private static String url(PageRequest request) {
        return request.origin() + "/api/v1/hooks/" + request.path("name");
    }
}
