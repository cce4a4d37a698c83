package io.orquestrax.dashboard.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.webhook.StoredWebhook;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes or changes a webhook, as the reader filled it in.
 *
 * @param isNew whether it has no name yet
 * @param fields by their places in the configuration: {@code verification/scheme}
 * @param error what is wrong; null where nothing is
 */
public record WebhookForm(
        boolean isNew,
        String name,
        boolean enabled,
        Map<String, String> fields,
        @Nullable String error) {
    /** The kinds of senders, by their schemes. */
    public static final Map<String, String> SCHEMES = schemes();

    private static final List<String> VERIFICATION = List.of("scheme", "secret", "tolerance");
    private static final List<String> OF_HMAC = List.of("header", "prefix", "algorithm", "timestampHeader");
    private static final List<String> EVENT = List.of("type", "source", "subject", "id", "data");
    private static final List<String> LIMITS = List.of("maxBytes", "perMinute");

    public WebhookForm {
        fields = Map.copyOf(fields);
    }

    private static Map<String, String> schemes() {
        Map<String, String> schemes = new LinkedHashMap<>();
        schemes.put("github", "GitHub");
        schemes.put("stripe", "Stripe");
        schemes.put("slack", "Slack");
        schemes.put("standard", "Standard Webhooks");
        schemes.put("hmac", "HMAC of the body");
        schemes.put("none", "Anybody, nothing is verified");
        return Collections.unmodifiableMap(schemes);
    }

    static WebhookForm empty() {
        return new WebhookForm(true, "", true, Map.of("verification/scheme", "github"), null);
    }

    static WebhookForm of(StoredWebhook webhook) {
        JsonNode configuration = webhook.configuration();
        Map<String, String> fields = new HashMap<>();
        for (String group : List.of("verification", "event")) {
            for (Map.Entry<String, JsonNode> member : configuration.path(group).properties()) {
                fields.put(group + "/" + member.getKey(), member.getValue().asText());
            }
        }
        LIMITS.forEach(limit -> fields.put(limit, configuration.path(limit).asText("")));
        return new WebhookForm(
                false, webhook.name(), configuration.path("enabled").asBoolean(true), fields, null);
    }

    static WebhookForm of(PageRequest request, boolean isNew) {
        Map<String, String> fields = new HashMap<>();
        VERIFICATION.forEach(each -> fields.put(
                "verification/" + each, request.field("verification/" + each).strip()));
        OF_HMAC.forEach(each -> fields.put(
                "verification/" + each, request.field("verification/" + each).strip()));
        EVENT.forEach(each ->
                fields.put("event/" + each, request.field("event/" + each).strip()));
        LIMITS.forEach(each -> fields.put(each, request.field(each).strip()));
        return new WebhookForm(
                isNew,
                isNew ? request.field("name").strip() : request.path("name"),
                !request.field("enabled").isEmpty(),
                fields,
                null);
    }

    WebhookForm withError(String text) {
        return new WebhookForm(isNew, name, enabled, fields, text);
    }

    public String field(String place) {
        return fields.getOrDefault(place, "");
    }

    public boolean isHmac() {
        return field("verification/scheme").equals("hmac");
    }

    /** Whether the error names this place. */
    public boolean isAbout(String place) {
        return error != null && error.contains(" at /" + place + ",");
    }

    public String action() {
        return isNew ? "/webhooks/-/new" : Address.webhook(name) + "/edit";
    }

    public String backHref() {
        return isNew ? "/webhooks" : Address.webhook(name);
    }

    /** Without what is empty. */
    ObjectNode configuration() {
        ObjectNode configuration = Json.NODES.objectNode();
        if (!enabled) {
            configuration.put("enabled", false);
        }
        ObjectNode verification = configuration.putObject("verification");
        VERIFICATION.forEach(member -> put(verification, "verification/", member));
        if (isHmac()) {
            OF_HMAC.forEach(member -> put(verification, "verification/", member));
        }
        ObjectNode event = Json.NODES.objectNode();
        EVENT.forEach(member -> put(event, "event/", member));
        if (!event.isEmpty()) {
            configuration.set("event", event);
        }
        for (String limit : LIMITS) {
            String value = field(limit);
            if (value.matches("-?[0-9]{1,9}")) {
                configuration.put(limit, Integer.parseInt(value));
            } else {
                put(configuration, "", limit);
            }
        }
        return configuration;
    }

    private void put(ObjectNode group, String place, String member) {
        String value = field(place + member);
        if (!value.isEmpty()) {
            group.put(member, value);
        }
    }
}
