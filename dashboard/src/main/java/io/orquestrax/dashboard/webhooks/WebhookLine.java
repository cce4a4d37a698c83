package io.orquestrax.dashboard.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.engine.Status;
import io.orquestrax.server.webhook.WebhookTally;
import io.orquestrax.store.webhook.StoredWebhook;

/**
 * A webhook with what came to it at this node.
 */
public record WebhookLine(StoredWebhook webhook, WebhookTally tally) {

    public String name() {
        return webhook.name();
    }

    public String href() {
        return Address.webhook(name());
    }

    public String path() {
        return "/api/v1/hooks/" + name();
    }

    public boolean isEnabled() {
        return webhook.configuration().path("enabled").asBoolean(true);
    }

    public Mark mark() {
        return isEnabled() ? new Mark(Status.COMPLETED, "enabled") : new Mark(Status.SUSPENDED, "disabled");
    }

    /** Who sends, as a person calls it. */
    public String sender() {
        return switch (verification("scheme")) {
            case "github" -> "GitHub";
            case "stripe" -> "Stripe";
            case "slack" -> "Slack";
            case "standard" -> "Standard Webhooks";
            case "hmac" -> "HMAC";
            default -> "anybody";
        };
    }

    /** The name of the secret; empty where nothing is verified. */
    public String secret() {
        return verification("secret");
    }

    /** The expression for the event's type, or the type where there is none. */
    public String type() {
        JsonNode type = webhook.configuration().at("/event/type");
        return type.isTextual() ? type.textValue() : "webhook." + name();
    }

    private String verification(String member) {
        return webhook.configuration().path("verification").path(member).asText("");
    }
}
