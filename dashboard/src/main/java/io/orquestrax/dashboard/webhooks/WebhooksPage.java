package io.orquestrax.dashboard.webhooks;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.server.event.EventSink;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.Page;
import io.orquestrax.store.webhook.StoredWebhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events come in and go out.
 *
 * @param nextHref null on the last page
 * @param sinks that events are sent to
 * @param sinkSecret the name of the secret that they are signed with; empty for none
 */
public record WebhooksPage(
        List<WebhookLine> lines, @Nullable String nextHref, List<EventSink> sinks, String sinkSecret) {

    public WebhooksPage {
        lines = List.copyOf(lines);
        sinks = List.copyOf(sinks);
    }

    static WebhooksPage of(
            Page<StoredWebhook> webhooks, WebhookService service, List<EventSink> sinks, String sinkSecret) {
        String next = webhooks.nextToken();
        return new WebhooksPage(
                webhooks.items().stream()
                        .map(webhook -> new WebhookLine(webhook, service.tally(webhook.name())))
                        .toList(),
                next == null ? null : Address.of("/webhooks").with("page", next).toString(),
                sinks,
                sinkSecret);
    }
}
