package io.orquestrax.dashboard.webhooks;

import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One webhook.
 *
 * @param url that senders send to
 */
public record WebhookPage(WebhookLine line, String url, TryOut tryOut) {

    public @Nullable JsonView configuration() {
        return JsonView.ofText(Json.write(line.webhook().configuration()), "/api/v1/webhooks/" + line.name());
    }

    public String sentence() {
        return line.isEnabled()
                ? "What " + (line.secret().isEmpty() ? "anybody" : line.sender()) + " sends there becomes an event."
                : "Requests are refused with 503; what is sent meanwhile is not kept.";
    }

    /** What deleting it does to how many. */
    public String deleting() {
        long accepted = line.tally().accepted();
        return "Senders get 404 from then on. "
                + (accepted == 0
                        ? "No event came through it at this node."
                        : "The " + ShortText.count(accepted, "event") + " that came through it at this node "
                                + (accepted == 1 ? "stays." : "stay."));
    }
}
